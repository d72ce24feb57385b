"""What people answer about doubtful pairs of records: asking, reading back, honouring, measuring."""
