"""What every VectorStore must do, checked against numpy on all vectors after any sequence of changes."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from index.errors import IndexStoreError
from index.vector_store import FaissVectorStore, VectorStore, inner_products

DIMENSION = 4
KEYS = st.lists(st.integers(0, 40) | st.sampled_from([2**31, 2**40]), unique=True, max_size=8)
# Few values make ties, which every store must order by key.
VECTOR = st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0]), min_size=DIMENSION, max_size=DIMENSION)

MAKERS = {"faiss": (FaissVectorStore, FaissVectorStore.load)}


def brute_force(stored, vector, top_k, allowed=None):
    """Rank every stored vector by numpy."""
    keys = np.array(
        sorted(key for key in stored if allowed is None or (key < len(allowed) and allowed[key])),
        dtype=np.int64,
    )
    if not len(keys):
        return keys, np.zeros(0, dtype=np.float32)
    scores = inner_products(np.array([stored[int(key)] for key in keys], dtype=np.float32), vector)
    order = np.lexsort((keys, -scores))[:top_k]
    return keys[order], scores[order]


class VectorStoreMachine(RuleBasedStateMachine):
    """Adds, replaces, removes, saves and loads at random; a dictionary and numpy say what is right."""

    make = load = None
    queries = Bundle("queries")

    def __init__(self):
        super().__init__()
        self.store: VectorStore = self.make(DIMENSION)
        self.stored = {}

    @rule(keys=KEYS, data=st.data())
    def put(self, keys, data):
        vectors = [data.draw(VECTOR) for _ in keys]
        self.store.put(
            np.array(keys, dtype=np.int64), np.array(vectors, dtype=np.float32).reshape(-1, DIMENSION)
        )
        self.stored |= dict(zip(keys, vectors, strict=True))

    @rule(keys=KEYS)
    def remove(self, keys):
        removed = self.store.remove(np.array(keys, dtype=np.int64))
        assert removed == sum(self.stored.pop(key, None) is not None for key in keys)

    @rule()
    def save_and_load(self):
        with TemporaryDirectory() as folder:
            self.store.save(Path(folder) / "vectors")
            self.store = self.load(Path(folder) / "vectors")

    @rule(vector=VECTOR, top_k=st.integers(0, 60))
    def search(self, vector, top_k):
        self.same(np.array(vector, dtype=np.float32), top_k, None)

    @rule(vector=VECTOR, top_k=st.integers(1, 10), allowed=st.lists(st.booleans(), max_size=45))
    def search_allowed(self, vector, top_k, allowed):
        self.same(np.array(vector, dtype=np.float32), top_k, np.array(allowed, dtype=bool))

    @rule(key=st.integers(0, 50))
    def get(self, key):
        if key in self.stored:
            assert self.store.get(np.array([key]))[0].tolist() == self.stored[key]
        else:
            with pytest.raises(KeyError):
                self.store.get(np.array([key]))

    @invariant()
    def counted(self):
        assert len(self.store) == len(self.stored)

    def same(self, vector, top_k, allowed):
        keys, scores = self.store.search(vector, top_k, allowed)
        expected_keys, expected_scores = brute_force(self.stored, vector, top_k, allowed)
        assert keys.tolist() == expected_keys.tolist()
        assert scores.tolist() == pytest.approx(expected_scores.tolist(), abs=1e-6)


@pytest.mark.parametrize("name", MAKERS)
def test_any_sequence_of_changes_ranks_as_brute_force(name):
    make, load = MAKERS[name]

    class Machine(VectorStoreMachine):
        pass

    Machine.make, Machine.load = staticmethod(make), staticmethod(load)
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.parametrize("name", MAKERS)
def test_real_vectors_rank_as_brute_force(name, tmp_path):
    make, load = MAKERS[name]
    generator = np.random.default_rng(7)
    vectors = generator.normal(size=(3_000, 64)).astype(np.float16).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors.astype(np.float16).astype(np.float32)  # as the index stores them
    keys = np.arange(1, 6_001, 2)
    store = make(64)
    store.put(keys, vectors)
    store.put(keys[::3], vectors[::3][::-1])  # replaced
    store.remove(keys[::7])
    stored = dict(zip(keys.tolist(), vectors, strict=True))
    stored |= dict(zip(keys[::3].tolist(), vectors[::3][::-1], strict=True))
    for key in keys[::7].tolist():
        del stored[key]
    store.save(tmp_path / "vectors")
    allowed = generator.random(5_000) < 0.2
    for opened in (store, load(tmp_path / "vectors")):
        for query in generator.normal(size=(20, 64)).astype(np.float32):
            for mask in (None, allowed):
                found, scores = opened.search(query, 50, mask)
                expected_keys, expected = brute_force(stored, query, 50, mask)
                assert found.tolist() == expected_keys.tolist()
                np.testing.assert_allclose(scores, expected, atol=2e-6)


@pytest.mark.parametrize("name", MAKERS)
def test_many_equal_vectors_come_in_order_of_their_keys(name):
    store = MAKERS[name][0](2)
    keys = np.random.default_rng(0).permutation(500)
    store.put(keys, np.ones((500, 2), dtype=np.float32))
    assert store.search(np.ones(2, dtype=np.float32), 5)[0].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("content", [b"", b"not an index", bytes(range(256)) * 10])
@pytest.mark.parametrize("name", MAKERS)
def test_a_file_that_cannot_be_read_is_told(name, content, tmp_path):
    path = tmp_path / "vectors"
    path.write_bytes(content)
    with pytest.raises(IndexStoreError, match=r"vectors cannot be read.*Delete it"):
        MAKERS[name][1](path)


def test_another_kind_of_faiss_index_is_told(tmp_path):
    import faiss

    faiss.write_index(faiss.IndexFlatL2(3), str(tmp_path / "flat"))
    with pytest.raises(IndexStoreError, match="holds IndexFlat"):
        FaissVectorStore.load(tmp_path / "flat")
