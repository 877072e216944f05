"""The rules of measures: what a reading is worth, how it stands against its target, and where a measure is going."""
