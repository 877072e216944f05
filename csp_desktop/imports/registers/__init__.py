"""Registers of reoffending from spreadsheets: staged in the store, compared with it, applied as one Step."""
