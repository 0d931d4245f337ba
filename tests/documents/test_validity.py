import dataclasses
from datetime import date

from documents.model import Document
from documents.validity import repeals, replaced_by

NEW = Document(
    "new", "关于印发云溪市仓储补助办法(修订)的通知",
    "本办法自2026年3月1日起施行。《云溪市仓储补助办法》（云政办〔2023〕8号）同时废止。\n云政办〔2020〕1号停止执行。",
    (), "new.txt", date=date(2026, 2, 1), number="云政办〔2026〕3号",
)  # fmt: skip
OLD = Document(
    "old",
    "关于印发云溪市仓储补助办法的通知",
    "正文",
    (),
    "old.txt",
    date=date(2023, 1, 1),
    number="云政办〔2023〕8号",
)


def test_titles_and_numbers_of_what_is_repealed_are_read():
    assert [(r.title, r.number) for r in repeals(NEW)] == [
        ("云溪市仓储补助办法", "云政办〔2023〕8号"),
        (None, "云政办〔2020〕1号"),
    ]
    assert all(r.span.of(NEW.text).startswith(("《", "云")) for r in repeals(NEW))


def test_a_document_replaces_what_it_repeals_and_nothing_else():
    assert replaced_by(NEW, OLD)
    assert not replaced_by(OLD, NEW)
    assert not replaced_by(NEW, NEW)
    assert not replaced_by(NEW, dataclasses.replace(OLD, number="云政办〔2023〕9号"))
    assert replaced_by(NEW, dataclasses.replace(OLD, number=None))


def test_an_older_document_never_replaces_a_younger_one():
    assert not replaced_by(NEW, dataclasses.replace(OLD, date=date(2027, 1, 1)))
