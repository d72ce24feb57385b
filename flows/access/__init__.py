"""Who may do and see what: one table of roles, commands and columns, and the gate that holds it."""
