"""Owners' spreadsheets in: read in a child process, understood by pure functions, then compared and applied."""
