"""Training of the built-in model: text to pairs, tokenizer, token table, measures. Needs extra `train`."""
