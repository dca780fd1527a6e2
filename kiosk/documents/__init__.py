"""Documents: domain values to receipt elements, pure; shared by till and hub."""
