"""After any changes a search gives what an index gives that never held anything else.

A plain dictionary says which documents there are and who may see them. What a reader finds, with every score,
must be what is found in a new index of only the documents that this reader may see: nothing that was removed,
replaced or is forbidden leaves a trace in ranks, scores or counts.
"""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from fake_embedder import FakeEmbedder
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from documents.model import Document, Passage, Section, Span
from index.model import AddOutcome, IndexEntry, SearchFilter
from index.passage_index import PassageIndex

NAMES = st.sampled_from(["a", "b", "c", "d"])
LINES = st.lists(
    st.sampled_from(
        [
            "力争2025年技术合同成交额突破1000亿元",
            "2030年突破2000亿元",
            "技术合同",
            "技術合同",
            "国家级创新平台超过80家",
            "专精特新企业2030年达到3000家",
            "R&D intensity 3.5%",
            "。",
        ]
    ),
    min_size=1,
    max_size=4,
)
GROUPS = st.frozensets(st.sampled_from(["x", "y"]), max_size=2)
QUERIES = ["技术合同2030", "创新平台", "2030", "R&D intensity", "没有这个词"]
FILTERS = st.one_of(
    st.none(),
    st.builds(SearchFilter, groups=st.none() | GROUPS, document_ids=st.none() | st.frozensets(NAMES)),
)


def entry_of(name, lines, groups):
    text = "\n".join(lines) or "空"
    passages, start = [], 0
    for number, line in enumerate(lines):
        span = Span(start, start + len(line))
        passages.append(Passage(f"{name}#{number}", name, 0, span, line, "标题"))
        start = span.end + 1
    whole = Span(0, len(text))
    document = Document(name, "标题", text, (Section(0, 0, whole, whole, "标题", None),), name)
    return IndexEntry(document, passages, groups=groups)


def seen(entry, filters):
    if filters is None:
        return True
    named = filters.document_ids is None or entry.document.id in filters.document_ids
    return named and (filters.groups is None or not entry.groups or bool(entry.groups & filters.groups))


def shown(hits):
    """Hits by id with every score, in no order: passages that tie come in the order of their ages."""
    return {
        hit.passage.id: (
            hit.passage,
            round(hit.score, 3),
            {arm: round(told.score, 4) for arm, told in hit.arms.items()},
        )
        for hit in hits
    }


class PassageIndexMachine(RuleBasedStateMachine):
    """Adds, replaces, removes, regroups and reopens at random."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.index = PassageIndex.open(self.folder / "index", FakeEmbedder())
        self.entries = {}

    def teardown(self):
        self.index.close()
        shutil.rmtree(self.folder)

    @initialize(data=st.data())
    def begin(self, data):
        for name in "abc":
            self.add(name, data.draw(LINES), data.draw(GROUPS))

    @rule(name=NAMES, lines=LINES, groups=GROUPS)
    def add(self, name, lines, groups):
        entry, old = entry_of(name, lines, groups), self.entries.get(name)
        expected = (
            AddOutcome.ADDED if old is None else AddOutcome.UNCHANGED if old == entry else AddOutcome.UPDATED
        )
        assert self.index.add_many([entry]) == [expected]
        self.entries[name] = entry

    @precondition(lambda self: self.entries)
    @rule(data=st.data())
    def remove(self, data):
        name = data.draw(st.sampled_from(sorted(self.entries)))
        assert self.index.remove([name]) == [name]
        del self.entries[name]

    @precondition(lambda self: self.entries)
    @rule(data=st.data(), groups=GROUPS)
    def regroup(self, data, groups):
        name = data.draw(st.sampled_from(sorted(self.entries)))
        self.index.set_groups(name, groups)
        self.entries[name] = replace(self.entries[name], groups=groups)

    @rule()
    def reopen(self):
        self.index.close()
        self.index = PassageIndex.open(self.folder / "index", FakeEmbedder())

    @rule(filters=FILTERS)
    def search(self, filters):
        visible = [entry for entry in self.entries.values() if seen(entry, filters)]
        assert {record.id for record in self.index.documents(filters)} == {e.document.id for e in visible}
        assert self.index.statistics(filters).passages == sum(len(entry.passages) for entry in visible)
        with (
            tempfile.TemporaryDirectory() as folder,
            PassageIndex.open(Path(folder), FakeEmbedder()) as alone,
        ):
            alone.add_many([replace(entry, groups=frozenset()) for entry in visible])
            for query in QUERIES:
                hits = self.index.search(query, top_k=50, filters=filters)
                assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
                assert shown(hits) == shown(alone.search(query, top_k=50))


def test_a_search_depends_on_nothing_but_what_may_be_seen():
    run_state_machine_as_test(
        PassageIndexMachine,
        settings=settings(
            max_examples=6,
            stateful_step_count=8,
            deadline=None,
            phases=[Phase.generate],  # making a failure smaller would build hundreds of indexes
            suppress_health_check=list(HealthCheck),
        ),
    )
