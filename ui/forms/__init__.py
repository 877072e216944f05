"""Forms: a form is a list of fields, shown in a pane and saved as one command."""
