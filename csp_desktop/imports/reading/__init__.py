"""A file becomes a grid, or one sentence: sniffed by content, guarded, parsed in a child that can be killed."""
