"""Fonts, icons, starter plans and demo workbooks, read with importlib.resources."""
