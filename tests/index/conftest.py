import pytest
from fake_embedder import FakeEmbedder

from index.passage_index import PassageIndex


@pytest.fixture
def embedder():
    return FakeEmbedder()


@pytest.fixture
def index(tmp_path, embedder):
    with PassageIndex.open(tmp_path / "index", embedder) as opened:
        yield opened
