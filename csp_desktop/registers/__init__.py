"""The registers that people keep and bring in: what each holds, where it is stored, and what its rows are called."""
