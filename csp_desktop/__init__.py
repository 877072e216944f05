"""What the product does: all behaviour, no Qt. Runs whole from a test or the command line."""
