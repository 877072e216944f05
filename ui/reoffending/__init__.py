"""The screens of the Reoffending page: cohorts and their figures, people, comparisons, and the tables behind them."""
