"""The set-up: the partnership, its plans, what they consist of, its strategies, and the store itself."""
