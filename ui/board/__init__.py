"""The screens of the Board page: meetings, the action log, the calendar, risks and groups."""
