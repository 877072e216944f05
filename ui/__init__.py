"""What people see: Qt only, no SQL, no rules."""
