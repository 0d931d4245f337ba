"""For people: the page and the command line."""
