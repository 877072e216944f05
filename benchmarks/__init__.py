"""How fast and how large: run by hand, never by the tests, and always against a baseline of the same run."""
