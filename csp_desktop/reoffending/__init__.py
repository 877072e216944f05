"""Reoffending: whom a cohort holds, what counts against it, and what is said of it. Pure rules on values."""
