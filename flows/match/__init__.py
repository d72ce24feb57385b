"""`doorstep match`: who is who in any tables of people that a user brings."""
