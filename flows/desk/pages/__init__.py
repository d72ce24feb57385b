"""The pages of the desk, one file each, found by listing this folder."""
