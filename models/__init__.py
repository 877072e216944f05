"""What is stored: tables, word lists, opening the file, migrations. No rules, no queries."""
