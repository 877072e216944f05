"""Pages: one screen each, reading queries and calling commands."""
