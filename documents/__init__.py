"""What a document is and says: reading, articles, passages, quantities, indicators."""
