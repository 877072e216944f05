"""An owner's update workbook that came back: which row is which, and a three-way merge of every cell."""
