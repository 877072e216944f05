"""The registers that the partnership keeps, on the screen: forms, tables and one screen for any of them."""
