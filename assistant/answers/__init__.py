"""The ways of answering: from what was found to a draft whose every word stands in the documents."""
