"""From bytes to a document: encodings, what is refused and how, and ids that stay."""

import io
import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import documents
from documents import errors
from documents.passages import split_passages
from documents.reading import read, read_bytes, reread

SHORT = "今年目标"
NOTICE = "关于做好防汛工作的通知\n\n各县（区）人民政府：\n\n请在6月30日前完成检查，确保安全度汛。\n"


@pytest.mark.parametrize(
    "text", [SHORT, NOTICE, "力争2030年突破2000亿元，增长3.5%。", "中", "产业链链链补链"]
)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_encoding_gives_the_same_text(text, encoding):
    data = text.encode(encoding)
    if encoding in {"utf-16-le", "utf-16-be"} and len(text) < len(NOTICE):
        data = ("\ufeff" + text).encode(encoding)  # without its mark, UTF-16 of a few words is no evidence
    assert read_bytes("a.txt", data).text == read_bytes("a.txt", text.encode()).text


def test_utf16_without_a_mark_is_told_by_its_words():
    assert read_bytes("a.txt", NOTICE.encode("utf-16-le")).text.startswith("关于做好防汛工作的通知")


def test_traditional_characters_in_big5():
    text = "關於促進產業升級的意見，請各單位遵照辦理。"
    document = read_bytes("a.txt", text.encode("big5"))
    assert document.text == text
    assert document.notes[0] == "read as BIG5HKSCS"


def test_rare_characters_of_gb18030_survive():
    text = "镕、堃、喆，以及㎡和𠮷都是人名或单位里会有的字。"
    assert read_bytes("a.txt", text.encode("gb18030")).text == text


def docx():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


def ofd():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("OFD.xml", "<ofd/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind", "words"),
    [
        ("empty.txt", b"", errors.EmptyDocumentError, "empty"),
        ("blank.txt", " \r\n\t\u3000\n".encode(), errors.EmptyDocumentError, "nothing to index"),
        ("mark.txt", b"\xef\xbb\xbf", errors.EmptyDocumentError, "empty"),
        ("dots.md", "……——\n\n---".encode(), errors.EmptyDocumentError, "no words"),
        ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(200), errors.UnsupportedFormatError, "ELF"),
        ("noise.txt", bytes(range(256)) * 8, errors.UnsupportedFormatError, "binary"),
        ("zeros.txt", b"\x00" * 500 + b"abc", errors.UnsupportedFormatError, "binary"),
        ("report.pdf", b"%PDF-1.7\n...", errors.UnsupportedFormatError, "PDF"),
        ("renamed.txt", b"%PDF-1.7\n...", errors.UnsupportedFormatError, "PDF"),
        ("a.docx", docx(), errors.UnsupportedFormatError, ".docx"),
        ("a.ofd", ofd(), errors.UnsupportedFormatError, "OFD"),
        ("broken.docx", b"PK\x03\x04 cut", errors.UnsupportedFormatError, "damaged zip"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le"),
            errors.UnsupportedFormatError,
            "Word 97",
        ),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(50), errors.UnsupportedFormatError, "PNG"),
        ("page.txt", b"<!DOCTYPE html><html></html>", errors.UnsupportedFormatError, "HTML"),
        ("table.csv", b"a,b\n1,2\n", errors.UnsupportedFormatError, ".csv"),
        ("latin.txt", "Übermäßig größer, größte Höhe".encode("latin-1"), errors.EncodingError, "UTF-8"),
        ("odd.txt", b"\xff\xfe\x00\xd8", errors.EncodingError, "UTF-16"),
        ("korean.txt", "안녕하세요 여러분 반갑습니다".encode("euc-kr"), errors.EncodingError, "UTF-8"),
    ],
)
def test_what_is_refused_is_named_with_its_remedy_in_one_line(name, data, kind, words):
    with pytest.raises(kind) as caught:
        read_bytes(name, data)
    message = str(caught.value)
    assert name in message
    assert words in message
    assert "\n" not in message
    assert re.search(r": .{10,}", message), "no remedy after the colon"


def test_a_text_that_begins_like_a_bitmap_is_text():
    assert read_bytes("a.txt", "BMW集团在沈阳设立研发中心。".encode()).text.startswith("BMW")


def test_the_cap_counts_bytes(tmp_path):
    path = tmp_path / "big.txt"
    path.write_bytes(b"a" * 101)
    with pytest.raises(errors.TooLargeError, match="100"):
        read(path, max_bytes=100)
    assert read(path, max_bytes=101).text == "a" * 101
    with pytest.raises(errors.TooLargeError):
        read_bytes("big.txt", b"a" * 101, max_bytes=100)


def test_missing_files_and_folders_are_told_apart(tmp_path):
    with pytest.raises(errors.MissingFileError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(errors.MissingFileError, match="folder"):
        read(tmp_path)
    with pytest.raises(errors.MissingFileError, match="regular file"):
        read("/dev/null")
    with pytest.raises(errors.DocumentError, match="check the path"):
        read("a\x00b.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("秘密", "utf-8")
    path.chmod(0)
    with pytest.raises(errors.DocumentError, match="permissions"):
        read(path)


def test_every_error_has_the_root_that_handlers_catch():
    kinds = [value for value in vars(errors).values() if isinstance(value, type)]
    assert all(issubclass(kind, errors.PolicyAssistantError) for kind in kinds)


def test_ids_say_where_a_document_comes_from_and_survive_its_changes(tmp_path):
    path = tmp_path / "郑政办〔2022〕79号.txt"
    path.write_text("第一版。", "utf-8")
    first = read(path)
    path.write_text("第二版。", "utf-8")
    second = read(path)
    assert re.fullmatch(r"郑政办-2022-79号-[0-9a-f]{8}", first.id)
    assert second.id == first.id
    assert second.revision != first.revision
    assert read(path, source_key="elsewhere").id != first.id
    assert read_bytes("../../etc/计划.txt", "内容。".encode()).source == "计划.txt"
    assert read_bytes("计划.txt", "内容。".encode()).id == read_bytes("a/计划.txt", "别的。".encode()).id


def test_two_files_of_one_name_in_two_folders_have_two_ids(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "通知.txt").write_text("内容。", "utf-8")
    assert read(tmp_path / "a" / "通知.txt").id != read(tmp_path / "b" / "通知.txt").id


def test_a_million_characters_without_a_full_stop_are_read_in_bounded_passages():
    document = read_bytes("long.txt", ("没有句号的文字" * 20_000).encode())
    passages = split_passages(document)
    assert max(len(passage.text) for passage in passages) <= 600
    assert sum(len(passage.text) for passage in passages) == len(document.text)


def test_markup_and_script_stay_text():
    text = "前言部分说明。<script>alert(1)</script>后面还有内容，照样是文字。"
    assert read_bytes("a.txt", text.encode()).text == text


SAMPLES = sorted((Path(documents.__file__).parent / "samples").iterdir())
MARKED = """# 工作方案

## 目标任务

到2027年建成公园二十座。

### 一、近期

先建五座。各区每月报送一次进度，由市园林局汇总后上报。

#### 不带编号的标题

资金由市级财政承担。
"""


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_what_is_read_again_from_the_stored_text_is_the_same(path):
    document = read(path)
    assert reread(document) == document


def test_the_levels_of_a_format_are_kept_for_reading_again():
    document = read_bytes("plan.md", MARKED.encode(), source_key="p")
    assert [line.level for line in document.marked] == [1, 2, 3, 4]
    assert [line.start for line in document.marked] == [
        document.text.index(title) for title in ("工作方案", "目标任务", "一、近期", "不带编号的标题")
    ]
    assert reread(document) == document


def test_a_document_of_a_version_that_kept_no_levels_has_them_from_its_sections():
    document = read_bytes("plan.md", MARKED.encode(), source_key="p")
    again = reread(replace(document, marked=None))
    assert again.sections == document.sections
    assert again.marked == document.marked
    bare = read_bytes("plan.txt", MARKED.replace("#", "").encode(), source_key="p")
    assert reread(replace(bare, marked=None)) == bare


def test_reading_again_keeps_text_and_identity_and_finds_the_rest_anew():
    document = read_bytes("防汛通知.txt", NOTICE.encode(), source_key="n")
    stale = replace(
        document,
        title="旧题",
        sections=(),
        place="某市",
        number="旧〔2020〕1号",
        page_starts=(0, 3),
        notes=("旧注",),
    )
    again = reread(stale)
    assert again == replace(document, page_starts=(0, 3), notes=("旧注",))
    assert (again.id, again.source, again.revision) == (stale.id, stale.source, stale.revision)
