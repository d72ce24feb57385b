"""What compiles for Spark also runs there, and tells the same as DuckDB."""
