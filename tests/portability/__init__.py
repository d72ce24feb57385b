"""What is asked of DuckDB tonight must be askable of Spark when a county becomes a province."""
