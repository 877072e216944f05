"""The screens of one import under review: its rows, its columns, its themes, its problems, and what was done."""
