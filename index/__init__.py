"""Finding passages: embedding, vectors, BM25, storage, fusion."""
