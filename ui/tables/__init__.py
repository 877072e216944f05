"""Tables: one item model over a list of columns, one view, one paint delegate."""
