"""Word lists by which owners' spreadsheets are recognised."""
