"""PassageIndex as its users see it: add, replace, remove, list, search, filter, the ledger."""

from dataclasses import replace
from datetime import date

import pytest
from documents_for_tests import make_entry
from fake_embedder import FakeEmbedder

from documents.model import Document, Section, Span, Speaker
from index.errors import IndexStoreError, UnknownDocumentError
from index.model import AddOutcome, SearchFilter
from index.passage_index import PassageIndex
from index.vector_store import FaissVectorStore

CONTRACTS = ["力争2025年技术合同成交额突破1000亿元", "2030年突破2000亿元", "全社会研发投入强度达到3%"]
PUBLIC = SearchFilter(groups=frozenset())


def ids(hits):
    return [hit.passage.id for hit in hits]


def test_what_was_added_is_given_back_equal(index):
    entry = make_entry("a", CONTRACTS, indicators=[("技术合同成交额", "郑州市", "2025", "1000", "亿元")])
    section = replace(
        entry.document.sections[0],
        speaker=Speaker("安春茂", "党组书记", "市科技局", Span(1, 4)),
        byline_span=Span(0, 2),
    )
    document = replace(entry.document, sections=(section,), date=date(2025, 1, 9), page_starts=(0, 5))
    assert index.add(document, entry.passages, entry.indicators) is AddOutcome.ADDED
    assert index.document("a") == document
    assert index.passages("a") == list(entry.passages)
    assert index.passage("a#1") == entry.passages[1]
    assert index.passage("a#9") is None
    assert index.indicators() == list(entry.indicators)
    (record,) = index.documents()
    assert (record.id, record.revision, record.passages, record.indicators) == ("a", document.revision, 3, 1)
    assert (record.date, record.characters, record.groups) == (
        date(2025, 1, 9),
        len(document.text),
        frozenset(),
    )


def test_the_same_again_is_no_work(index, embedder):
    entry = make_entry("a", CONTRACTS, superseded={"old": "a"})
    index.add_many([entry])
    embedder.embedded.clear()
    generation = index.generation
    assert index.add_many([entry]) == [AddOutcome.UNCHANGED]
    assert index.generation == generation
    assert embedder.embedded == []


@pytest.mark.parametrize(
    "change",
    [
        {"groups": frozenset({"x"})},
        {"superseded": {"b": "a"}},
        {"indicators": make_entry("a", CONTRACTS, indicators=[("n", None, None, "1", "家")]).indicators},
        {"document": replace(make_entry("a", CONTRACTS).document, number="郑政办〔2022〕79号")},
        {"passages": make_entry("a", CONTRACTS).passages[:2]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_anything_else_of_the_same_text_is_an_update_without_embedding(index, embedder, change):
    entry = make_entry("a", CONTRACTS)
    index.add_many([entry])
    embedder.embedded.clear()
    assert index.add_many([replace(entry, **change)]) == [AddOutcome.UPDATED]
    assert embedder.embedded == []


def test_a_changed_file_embeds_only_what_changed(index, embedder):
    index.add_many([make_entry("a", CONTRACTS)])
    embedder.embedded.clear()
    changed = make_entry("a", ["新的一段话", CONTRACTS[2], CONTRACTS[0]])
    assert index.add_many([changed]) == [AddOutcome.UPDATED]
    assert embedder.embedded == ["标题\n新的一段话"]
    assert index.passages("a") == list(changed.passages)
    assert ids(index.search(CONTRACTS[0]))[0] == "a#2"
    assert len(index.search("亿元", top_k=50)) == 3


def test_text_known_from_another_document_is_not_embedded_again(index, embedder):
    index.add_many([make_entry("a", CONTRACTS)])
    embedder.embedded.clear()
    index.add_many([make_entry("b", [CONTRACTS[1], CONTRACTS[1]])])
    assert embedder.embedded == []
    index.remove(["a"])
    assert ids(index.search(CONTRACTS[1])) == ["b#0", "b#1"]


def test_a_removed_document_leaves_nothing(index):
    index.add_many(
        [
            make_entry("a", CONTRACTS, indicators=[("n", "s", "2025", "1", "家")]),
            make_entry("b", ["另一份文件"]),
        ]
    )
    assert index.remove(["a", "a"]) == ["a"]
    assert ids(index.search(CONTRACTS[0], top_k=50)) == ["b#0"]
    assert index.indicators() == []
    assert [record.id for record in index.documents()] == ["b"]
    with pytest.raises(UnknownDocumentError, match=r"'a'.*assistant list"):
        index.document("a")
    with pytest.raises(UnknownDocumentError):
        index.passages("a")


def test_removing_an_unknown_document_removes_none(index):
    index.add_many([make_entry("a", CONTRACTS)])
    with pytest.raises(UnknownDocumentError, match="'nowhere'"):
        index.remove(["a", "nowhere"])
    assert [record.id for record in index.documents()] == ["a"]


def test_every_form_of_a_word_is_found(index):
    index.add_many([make_entry("a", [*CONTRACTS, "二〇三〇年专精特新企业", "County-level R&D policies"])])

    def lexical(query):
        return {
            hit.passage.id: hit.arms["lexical"].score
            for hit in index.search_arms(query)["lexical"]
            if "lexical" in hit.arms
        }

    assert lexical("技術合同成交額") == lexical("技术合同成交额")
    assert set(lexical("技術合同成交額")) == {"a#0"}
    assert "a#1" in lexical("２０３０")
    assert "a#3" in lexical("2030年")
    assert set(lexical("專精特新")) == {"a#3"}
    assert set(lexical("POLICY")) == {"a#4"}
    assert set(lexical("r&d")) == {"a#4"}
    assert lexical("没有") == {}


def test_ranks_and_arms_are_told(index):
    index.add_many([make_entry("a", CONTRACTS), make_entry("b", ["完全无关的话题"])])
    hits = index.search("技术合同成交额")
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].arms["lexical"].rank == 1
    for arm in ("dense", "rerank"):
        assert sorted(hit.arms[arm].rank for hit in hits) == [1, 2, 3, 4]
    arms = index.search_arms("技术合同成交额")
    assert arms["rerank"] == hits
    assert ids(arms["lexical"]) == ["a#0"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        " \n",
        "x" * 10_000,
        "合同" * 5_000,
        "?!",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ],
)
def test_odd_queries_do_no_harm(index, query):
    index.add_many([make_entry("a", CONTRACTS)])
    assert len(index.search(query, top_k=2)) <= 2


def test_an_empty_index_finds_nothing(index):
    assert index.search("技术") == []
    assert index.documents() == []
    assert index.statistics().passages == 0


def test_fewer_hits_than_top_k_and_more_than_are_reranked(index):
    index.add_many([make_entry("a", [f"第{number}项技术合同" for number in range(150)])])
    hits = index.search("技术合同", top_k=500)
    assert len(hits) == 150
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert ids(index.search("技术合同", top_k=20)) == ids(index.search("技术合同", top_k=20))


def test_groups_and_document_ids_narrow_everything(index):
    index.add_many(
        [
            make_entry("open", ["公开的技术合同"], indicators=[("n", "s", "2025", "1", "家")]),
            make_entry(
                "secret",
                ["秘密的技术合同"],
                indicators=[("m", "s", "2025", "2", "家")],
                groups=["x"],
                superseded={"open": "secret"},
            ),
        ]
    )
    both = SearchFilter(groups=frozenset({"x", "y"}))
    assert ids(index.search("技术合同", filters=PUBLIC)) == ["open#0"]
    assert sorted(ids(index.search("技术合同", filters=both))) == ["open#0", "secret#0"]
    assert ids(index.search("技术合同", filters=SearchFilter(document_ids=frozenset({"secret"})))) == [
        "secret#0"
    ]
    assert index.search("技术合同", filters=SearchFilter(frozenset(), frozenset({"secret"}))) == []
    assert index.search("技术合同", filters=SearchFilter(document_ids=frozenset())) == []
    assert [row.name for row in index.indicators(filters=PUBLIC)] == ["n"]
    assert [row.name for row in index.indicators(document_ids=["secret"])] == ["m"]
    assert index.indicators(document_ids=["secret"], filters=PUBLIC) == []
    assert [(record.id, record.superseded_by) for record in index.documents(PUBLIC)] == [("open", None)]
    assert [(record.id, record.superseded_by) for record in index.documents(both)] == [
        ("open", "secret"),
        ("secret", None),
    ]
    assert index.statistics(PUBLIC).passages == 1
    with pytest.raises(UnknownDocumentError) as hidden:
        index.document("secret", PUBLIC)
    with pytest.raises(UnknownDocumentError) as absent:
        index.document("absent", PUBLIC)
    assert str(hidden.value).replace("secret", "absent") == str(absent.value)
    with pytest.raises(UnknownDocumentError):
        index.passages("secret", PUBLIC)
    assert index.passage("secret#0", PUBLIC) is None
    assert index.passage("secret#0", both) is not None


def test_a_forbidden_document_changes_no_score(tmp_path, index, embedder):
    seen = [
        make_entry("a", ["技术合同", "2030年突破2000亿元"]),
        make_entry("c", ["国家级创新平台"], groups=["y"]),
    ]
    index.add_many(
        [
            seen[0],
            make_entry("b", ["技术合同", "技术合同超过2000亿元", "很长的另一段话" * 9], groups=["x"]),
            seen[1],
        ]
    )
    with PassageIndex.open(tmp_path / "alone", embedder) as alone:
        alone.add_many(seen)
        expected = alone.search("技术合同2030")
        assert index.search("技术合同2030", filters=SearchFilter(groups=frozenset({"y"}))) == expected
        assert (
            index.search("技术合同2030", filters=SearchFilter(document_ids=frozenset({"a", "c"}))) == expected
        )
        assert index.search("技术合同2030") != expected
        index.remove(["b"])
        assert index.search("技术合同2030") == expected


def test_groups_can_be_changed(index, embedder):
    index.add_many([make_entry("a", CONTRACTS)])
    embedder.embedded.clear()
    index.set_groups("a", frozenset({"x"}))
    assert index.search("技术合同", filters=PUBLIC) == []
    assert len(index.search("技术合同", filters=SearchFilter(groups=frozenset({"x"})))) == 3
    index.set_groups("a", frozenset())
    assert len(index.search("技术合同", filters=PUBLIC)) == 3
    assert set(embedder.embedded) == {"技术合同"}
    with pytest.raises(UnknownDocumentError):
        index.set_groups("absent", frozenset())


def test_replacements_are_known_whichever_comes_first(index):
    old, new = make_entry("old", ["旧办法"]), make_entry("new", ["新办法"], superseded={"old": "new"})
    index.add_many([new, old])
    assert {record.id: record.superseded_by for record in index.documents()} == {"old": "new", "new": None}
    index.remove(["new"])
    assert [record.superseded_by for record in index.documents()] == [None]
    index.add_many([new])
    index.add_many([replace(new, superseded={})])
    assert [record.superseded_by for record in index.documents()] == [None, None]


def test_the_ledger_is_narrowed_by_subject_and_year(index):
    rows = [
        ("a", "鄭州市", "2025", "1", "家"),
        ("b", "郑州市", "2026-2030", "2", "家"),
        ("c", "洛阳市", "2025-12", "3", "家"),
    ]
    rows += [("d", None, None, "4", "家")]
    index.add_many([make_entry("a", CONTRACTS, indicators=rows)])

    def names(**narrowed):
        return "".join(row.name for row in index.indicators(**narrowed))

    assert names() == "abcd"
    assert names(subject="郑州") == "ab"
    assert names(year=2025) == "ac"
    assert names(year=2028) == "b"
    assert names(year=2031) == ""
    assert names(subject="洛陽", year=2025) == "c"


def test_progress_is_told_document_by_document(index):
    seen = []
    index.add_many(
        (make_entry(name, [name + "文件"]) for name in "ab"),
        lambda name, outcome: seen.append((name, outcome)),
    )
    assert seen == [("a", "added"), ("b", "added")]


def test_documents_before_an_error_stay_and_are_found(index):
    wrong = make_entry("b", CONTRACTS)
    wrong = replace(wrong, passages=(replace(wrong.passages[0], span=Span(1, 3)),))
    with pytest.raises(IndexStoreError, match="'b#0' is not the text of 'b' at \\(1, 3\\)"):
        index.add_many([make_entry("a", CONTRACTS), wrong])
    assert ids(index.search("技术合同成交额", top_k=1)) == ["a#0"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"indicators": make_entry("b", CONTRACTS, indicators=[("n", None, None, "1", "家")]).indicators},
            "belongs to 'b'",
        ),
        ({"passages": make_entry("a", CONTRACTS).passages[:1] * 2}, "same id"),
        ({"document": replace(make_entry("a", CONTRACTS).document, id=" ")}, "has no id"),
    ],
)
def test_parts_that_do_not_belong_together_are_refused(index, change, message):
    with pytest.raises(IndexStoreError, match=message):
        index.add_many([replace(make_entry("a", CONTRACTS), **change)])
    assert index.documents() == []
    assert index.generation == 0


def test_an_id_of_another_documents_passage_is_refused(index):
    index.add_many([make_entry("a", CONTRACTS)])
    other = make_entry("b", CONTRACTS)
    with pytest.raises(IndexStoreError, match="same id"):
        index.add_many([replace(other, passages=(replace(other.passages[0], id="a#0"),))])
    assert [record.id for record in index.documents()] == ["a"]


def test_a_document_without_passages_is_kept(index):
    text = "没有段落"
    document = Document("a", "t", text, (Section(0, 0, Span(0, 4), Span(0, 4), "t", None),), "a.txt")
    assert index.add(document, []) is AddOutcome.ADDED
    assert index.passages("a") == []
    assert index.search(text) == []


def test_an_embedder_without_tokens_is_enough(tmp_path):
    class Plain:
        name, fingerprint, dimension = "plain", "p", 32
        embed = FakeEmbedder().embed

    with PassageIndex.open(tmp_path / "index", Plain()) as index:
        index.add_many([make_entry("a", CONTRACTS)])
        hits = index.search("技术合同成交额")
    assert hits[0].passage.id == "a#0"
    assert "rerank" not in hits[0].arms


def test_reopened_it_is_the_same(tmp_path, embedder):
    with PassageIndex.open(tmp_path / "index", embedder) as index:
        index.add_many([make_entry("a", CONTRACTS), make_entry("b", ["另一份文件"], groups=["x"])])
        before = index.search("技术合同"), index.documents(), index.generation
    embedder.embedded.clear()
    with PassageIndex.open(tmp_path / "index", embedder) as index:
        assert (index.search("技术合同"), index.documents(), index.generation) == before
    assert embedder.embedded == ["技术合同"]


def test_the_dense_arm_is_exactly_brute_force(index, embedder):
    lines = [f"第{number}条关于{'技术合同'[number % 4]}的规定{number * 7919}" for number in range(300)]
    entry = make_entry("a", lines)
    index.add_many([entry])
    vector = embedder.embed(["技术合同规定"])[0]
    stored = (
        embedder.embed([passage.indexed_text for passage in entry.passages])
        .astype("float16")
        .astype("float32")
    )
    best = sorted(zip(-(stored @ vector).round(6), range(300), strict=True))[:20]
    found = index.search_arms("技术合同规定", top_k=20)["dense"]
    assert ids(found) == [f"a#{number}" for _, number in best]


def test_faiss_is_what_stands_behind_it(index):
    index.add_many([make_entry("a", CONTRACTS)])
    with index._derived.current() as (vectors, lexical, generation):
        assert isinstance(vectors, FaissVectorStore)
        assert len(vectors) == len(lexical) == 3
        assert generation == index.generation
