"""What leaves the store as a workbook for an owner to fill in."""
