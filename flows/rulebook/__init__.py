"""The whole rulebook in Chinese, rendered from the declarations and, for a county, its policy."""
