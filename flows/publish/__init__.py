"""What leaves the house each night: work orders for the townships, the report for the morning."""
