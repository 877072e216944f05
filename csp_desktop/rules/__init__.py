"""What the product holds true: pure functions on values, given today and now, touching no store."""
