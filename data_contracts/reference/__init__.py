"""Small official code tables that ship with the contracts; PROVENANCE.md says whence they come."""
