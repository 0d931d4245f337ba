"""Commands of the command line; each a few lines around one call of the `Assistant`."""
