"""The screens of evidence: priorities, hotspots, figures, and the registers behind them."""
