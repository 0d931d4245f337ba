"""One function for each file format."""
