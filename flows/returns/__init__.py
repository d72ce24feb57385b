"""Take what townships send back: an edited copy of their list in, visits, leads and problems out."""
