"""The few windows that must hold everything else still: to unlock, to review an import."""
