"""The screens of measures: the scorecard, one measure, and the forms of what is aimed at."""
