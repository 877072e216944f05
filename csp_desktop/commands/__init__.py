"""What people do: one function a command, one transaction each."""
