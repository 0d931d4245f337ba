"""A report in Word with real footnotes, laid out as offices are used to (GB/T 9704-2012 where it applies).

python-docx writes no footnotes (1.2), so the part `word/footnotes.xml` is made here as ECMA-376 Part 1,
17.11 describes: two separators with the ids -1 and 0, then one footnote for each source.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))


class WordReport:
    """A report that is written from top to bottom and saved once."""

    def __init__(self, title: str, remark: str) -> None:
        self._document = Document()
        self._lay_out()
        self._footnotes = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for number, kind in _SEPARATORS:
            self._footnotes.append(_separator(number, kind))
        self._count = 0
        self._add(title, "黑体", 22, center=True, bold=True)
        self._add(remark, "楷体", 12, center=True)

    def _lay_out(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        normal = self._document.styles["Normal"]
        normal.font.name = "Times New Roman"
        normal.font.size = Pt(16)
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
        normal.paragraph_format.line_spacing = Pt(28)
        language = OxmlElement("w:lang")  # without it punctuation is set as in Taiwan, in the middle
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
        normal.element.get_or_add_rPr().append(language)

    def _add(
        self,
        text: str,
        font: str,
        size: int,
        *,
        center: bool = False,
        bold: bool = False,
        indent: bool = False,
    ) -> Paragraph:
        paragraph = self._document.add_paragraph()
        if center:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        _dress(paragraph.add_run(_printable(text)), font, size, bold=bold)
        return paragraph

    def heading(self, text: str) -> None:
        """Begin a question."""
        paragraph = self._add(text, "黑体", 16, bold=True)
        paragraph.style = self._document.styles["Heading 2"]  # so that Word's navigation lists the questions
        paragraph.runs[0].font.color.rgb = RGBColor(0, 0, 0)
        paragraph.paragraph_format.space_before = Pt(14)
        paragraph.paragraph_format.keep_with_next = True

    def remark(self, text: str) -> None:
        """Add a line that says how far the documents answer."""
        self._add(text, "楷体", 14, indent=True)

    def paragraph(self, text: str, notes: Sequence[Sequence[str]]) -> None:
        """Add the answer; each note becomes a footnote of one or more paragraphs."""
        lines = text.split("\n") or [""]
        for line in lines[:-1]:
            self._add(line, "仿宋", 16, indent=True)
        last = self._add(lines[-1], "仿宋", 16, indent=True)
        for note in notes:
            self._count += 1
            reference = last.add_run()
            reference.font.superscript = True
            mark = OxmlElement("w:footnoteReference")
            mark.set(qn("w:id"), str(self._count))
            reference._r.append(mark)
            self._footnotes.append(_footnote(self._count, note))

    def saved(self) -> bytes:
        """Return the report as the bytes of a .docx file."""
        package = self._document.part.package
        blob = serialize_part_xml(self._footnotes)
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob, package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        target = io.BytesIO()
        self._document.save(target)
        return target.getvalue()


def _printable(text: str) -> str:
    """Drop the control characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _dress(run: Run, font: str, size: int, *, bold: bool = False) -> None:
    run.font.name = "Times New Roman"
    run.font.size = Pt(size)
    run.font.bold = bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _separator(number: str, kind: str) -> BaseOxmlElement:
    return parse_xml(
        f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}">'
        f"<w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>"
    )


def _footnote(number: int, lines: Sequence[str]) -> BaseOxmlElement:
    """Make one footnote: its number raised, then a paragraph for each line in small print."""
    note = parse_xml(f'<w:footnote {nsdecls("w")} w:id="{number}"/>')
    for position, line in enumerate(lines):
        raised = (
            '<w:r><w:rPr><w:sz w:val="18"/><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        )
        paragraph = parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0" w:line="280" w:lineRule="exact"/></w:pPr>'
            f"{raised if position == 0 else ''}"
            '<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="18"/></w:rPr>'
            '<w:t xml:space="preserve"/></w:r></w:p>'
        )
        paragraph[-1][-1].text = _printable(f" {line}" if position == 0 else line)
        note.append(paragraph)
    return note
