"""Workbooks made by hand for the tests and for the demo: how each is written, and what reading it must give."""
