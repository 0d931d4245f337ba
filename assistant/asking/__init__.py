"""What a question asks, from its text alone: words, names, places, periods, the kind of answer it wants."""
