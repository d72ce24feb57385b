"""What is agreed: declarations only. Nothing here opens a file, knows an engine or imports another room."""
