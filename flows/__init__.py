"""The only room with doors: files, engines, Prefect, Great Expectations, the ledger, the clock."""
