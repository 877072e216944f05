"""People and partners on the screen: who they are, what they own, whom they stand in for, and where concerns go."""
