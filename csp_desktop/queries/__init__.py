"""What people ask: functions that return frozen rows, read with Core selects."""
