"""Make again all that can be made again, from the archive, the ledger and the nights' lists."""
