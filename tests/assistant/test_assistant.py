"""The one object behind everything: adding, removing, listing, asking; odd questions; the same bytes every time."""

import json
from dataclasses import replace

import pytest
from office_documents import OFFICE

from assistant.assistant import LONGEST_QUESTION
from assistant.errors import QuestionError, SettingsError
from assistant.model import Reason, Status, Turn, Verdict
from assistant.wire import answer_json, dumps
from documents.errors import EmptyDocumentError, PolicyAssistantError
from index.errors import UnknownDocumentError
from index.model import SearchFilter

NOTE = "# 港务简报\n\n2025年，云帆港货物吞吐量为310万吨。\n"
LATER = "# 港务简报\n\n2025年，云帆港货物吞吐量为315万吨。\n"
QUESTION = "2025年云帆港货物吞吐量是多少?"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "harbour").mkdir()
    (tmp_path / "harbour" / "note.md").write_text(NOTE, "utf-8")
    (tmp_path / "harbour" / "empty.txt").write_bytes(b"")
    (tmp_path / "harbour" / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "harbour" / ".hidden.md").write_text("# 看不见\n\n隐藏文件不收录。\n", "utf-8")
    return tmp_path / "harbour"


def test_adding_a_folder_reports_each_file_and_a_failure_never_stops_the_rest(build, folder):
    assistant = build("adding")
    reports = assistant.add([folder / "missing.md", folder])
    states = {report.path.rsplit("/", 1)[-1]: report.state for report in reports}
    assert states == {
        "missing.md": "failed",
        "empty.txt": "failed",
        "note.md": "added",
        "picture.txt": "failed",
    }
    assert all(report.error and "\n" not in report.error for report in reports if report.state == "failed")
    (added,) = [report for report in reports if report.state == "added"]
    assert added.passages >= 1
    assert added.indicators == 1
    assert [record.id for record in assistant.documents()] == [added.document_id]


def test_an_unchanged_file_is_no_work_and_a_changed_one_replaces_itself(build, folder, embedder, monkeypatch):
    assistant = build("changing")
    (first,) = assistant.add([folder / "note.md"])
    embedded = []
    embed = type(embedder).embed
    monkeypatch.setattr(
        type(embedder), "embed", lambda self, texts: embedded.extend(texts) or embed(self, texts)
    )
    (again,) = assistant.add([folder / "note.md"])
    assert again.state == "unchanged"
    assert not [text for text in embedded if "吞吐量为310" in text]
    (folder / "note.md").write_text(LATER, "utf-8")
    (changed,) = assistant.add([folder / "note.md"])
    assert (changed.state, changed.document_id) == ("updated", first.document_id)
    assert "315万吨" in assistant.ask(QUESTION).answer
    assert "310" not in assistant.ask(QUESTION).answer
    assert len(assistant.documents()) == 1


def test_uploads_keep_their_identity_by_their_key(build):
    assistant = build("uploading")
    first = assistant.add_upload("note.md", NOTE.encode(), source_key="a")
    assert assistant.add_upload("note.md", NOTE.encode(), source_key="a").state == "unchanged"
    second = assistant.add_upload("note.md", LATER.encode(), source_key="a")
    assert (second.state, second.document_id) == ("updated", first.document_id)
    other = assistant.add_upload("note.md", NOTE.encode(), source_key="b")
    assert other.document_id != first.document_id
    with pytest.raises(EmptyDocumentError):
        assistant.add_upload("empty.md", b"", source_key="c")
    assert len(assistant.documents()) == 2


def test_what_is_removed_is_gone(build):
    assistant = build("removing")
    added = assistant.add_upload("note.md", NOTE.encode(), source_key="a")
    assert assistant.document(added.document_id).title == "港务简报"
    assert assistant.remove([added.document_id]) == [added.document_id]
    assert assistant.documents() == []
    assert assistant.indicators() == []
    assert assistant.ask(QUESTION).status is Status.NOT_FOUND
    with pytest.raises(UnknownDocumentError):
        assistant.document(added.document_id)
    with pytest.raises(UnknownDocumentError):
        assistant.remove([added.document_id])


def test_indicators_are_filtered(office):
    every = office.indicators()
    year = office.indicators(year=2030)
    assert 0 < len(year) < len(every)
    assert {row.period for row in year} == {"2030"}
    assert {row.subject for row in office.indicators(subject="青棠市")} == {"青棠市"}
    assert office.indicators(subject="临川市") == []


def test_what_a_reader_may_not_see_is_as_if_it_were_not_there(build):
    assistant = build("groups")
    added = assistant.add_upload("note.md", NOTE.encode(), source_key="a", groups=frozenset({"port"}))
    outside = SearchFilter(groups=frozenset({"others"}))
    inside = SearchFilter(groups=frozenset({"port"}))
    answer = assistant.ask(QUESTION, filters=inside)
    assert "310万吨" in answer.answer
    hidden = assistant.ask(QUESTION, filters=outside)
    assert (hidden.status, hidden.citations, hidden.nearest) == (Status.NOT_FOUND, (), ())
    assert "310" not in hidden.answer
    assert assistant.documents(filters=outside) == []
    assert assistant.indicators(filters=outside) == []
    assert assistant.search("货物吞吐量", filters=outside) == []
    assert [v.verdict for v in assistant.verify(answer.citations, filters=outside)] == [Verdict.NOT_FOUND]
    with pytest.raises(UnknownDocumentError):
        assistant.document(added.document_id, filters=outside)


def test_search_ranks_from_one(office):
    hits = office.search("高新技术企业", top_k=5)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert "高新技术企业" in hits[0].passage.text


# Questions that are none, or odd.


@pytest.mark.parametrize("question", ["", "   ", "\n\t\u3000"])
def test_an_empty_question(office, question):
    with pytest.raises(QuestionError, match="empty"):
        office.ask(question)


def test_a_question_that_is_too_long(office):
    with pytest.raises(QuestionError, match=r"10000 characters.*5000"):
        office.ask("问" * 10_000)


def test_a_question_of_five_thousand_characters(office):
    filler = "请帮忙查一查相关情况并说明依据，"
    question = (filler * 400)[: LONGEST_QUESTION - 30] + "岚谷市2025年地区生产总值是多少?"
    assert len(question) <= LONGEST_QUESTION
    answer = office.ask(question)
    assert len(answer.answer) <= 160
    assert answer.status is not Status.ANSWERED or "865亿元" in answer.answer


NONSENSE = ["2030" * 400, "?" * 4000, "《" * 2000, "“" * 3000, "1" * 1500, "a b " * 400]


@pytest.mark.parametrize("question", NONSENSE, ids=lambda question: question[:4])
def test_long_nonsense_ends_in_a_decline(office, question):
    answer = office.ask(question)
    assert answer.status is Status.NOT_FOUND
    assert answer.indicators == ()


ODD = [
    f"岚谷市2025年地区生产总值是{10**30}亿元吗?",
    "岚谷市2025年地区生产总值是不是-5亿元?",
    "岚谷市2025年2月30日的技术合同成交额是多少?",
    "岚谷市2025年13月的地区生产总值是多少?",
    "岚谷市公元前221年技术合同成交额是多少?",
    "岚谷市2025年的2030年技术合同成交额目标的2027年数字是多少?",
    "岚谷市2027年和2028年技术合同成交额相差多少?",
    "岚\u200b谷\u200b市技术合同成交额\u0000是多少?",
    "🏙️📈❓",
]


@pytest.mark.parametrize("question", ODD)
def test_odd_questions_get_no_invented_figure(office, question):
    answer = office.ask(question)
    printed = " ".join(office.document(record.id).text for record in office.documents())
    for cited in answer.indicators:
        assert cited.indicator.value in printed
        assert cited.indicator.period in {"2025", "2026", "2030"}
    assert len(answer.answer) <= 160
    assert {v.verdict for v in office.verify(answer.citations)} <= {Verdict.FOUND}


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (ODD[0], Reason.FALSE_PREMISE),
        ("岚谷市2025年13月的技术合同成交额是多少?", Reason.PERIOD_NOT_COVERED),
        ("岚谷市2027年和2028年技术合同成交额相差多少?", Reason.PERIOD_NOT_COVERED),
    ],
)
def test_odd_questions_say_what_is_wrong(office, question, reason):
    assert office.ask(question).reason is reason


@pytest.mark.parametrize(
    "question", ["Combien d'écoles en 2030 ?", "2030年の目標は何ですか", "Сколько школ построят в 2030 году?"]
)
def test_a_third_language_is_declined_in_both(office, question):
    answer = office.ask(question)
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.OUT_OF_SCOPE)
    assert "Chinese or English" in answer.answer
    assert "中文或英文" in answer.answer


def test_as_of(office):
    with pytest.raises(SettingsError, match="2026-13-40"):
        office.ask("技术合同成交额今年是多少?", as_of="2026-13-40")
    answer = office.ask("岚谷市去年地区生产总值是多少?", as_of="2026-06-01")
    assert "865亿元" in answer.answer
    assert office.ask("岚谷市今年地区生产总值是多少?", as_of="2031-06-01").status is Status.NOT_FOUND


# The same question, the same bytes.


def bytes_of(answer):
    return dumps(answer_json(replace(answer, took_ms=0.0, stages_ms={})))


SAME = [
    "岚谷市2026年技术合同成交额目标是多少?",
    "抓好科技创新有哪些举措?",
    "岚谷市2025年农产品网络零售额是多少?",
    "What was Langu's GDP in 2025?",
    "松岭实验室总投资多少?",
]


@pytest.mark.parametrize("question", SAME)
def test_ten_times_the_same_question(office, question):
    assert len({bytes_of(office.ask(question)) for _ in range(10)}) == 1


def test_another_history_of_the_same_question_makes_no_difference(office):
    question = SAME[0]
    history = [Turn("岚谷市市长是谁?", "宋延平。")]
    assert bytes_of(office.ask(question, history)) == bytes_of(office.ask(question))


def test_the_order_in_which_documents_were_added_changes_no_figure(build):

    assistant = build("reversed")
    for name, text in reversed(OFFICE.items()):
        assistant.add_upload(name, text.encode(), source_key=name)
    assert "力争突破40亿元" in assistant.ask(SAME[0]).answer
    assert assistant.ask(SAME[2]).reason is Reason.CONFLICTING
    now = assistant.ask("通过国家审定的新品种每个奖励多少钱?")
    assert "20万元" in now.answer
    assert "12万元" not in now.answer


def test_answers_tell_how_long_each_stage_took(office):
    answer = office.ask(SAME[0])
    assert set(answer.stages_ms) == {"understand", "search", "answer"}
    assert sum(answer.stages_ms.values()) == pytest.approx(answer.took_ms, rel=1e-6)
    shown = json.loads(bytes_of(answer))
    assert shown["status"] == "answered"


def test_errors_are_of_one_tree(office):
    for wrong in (
        lambda: office.ask(""),
        lambda: office.document("none"),
        lambda: office.ask("问", as_of="x"),
    ):
        with pytest.raises(PolicyAssistantError):
            wrong()
