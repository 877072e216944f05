"""Reports are data first: frozen blocks built from queries, written as a tagged PDF or as a workbook."""
