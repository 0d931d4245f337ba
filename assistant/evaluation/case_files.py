"""Files of cases and predictions: JSON lines, CSV or XLSX in, checked cases out.

Every bad line is listed with its number and the remedy, and a file with one is refused as a whole: a case
that is silently skipped makes every figure a lie. `case_checks` knows what a case must look like; this module
knows files.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.case_checks import Problem, check_case
from assistant.evaluation.errors import CaseFileError
from assistant.evaluation.model import Behavior, Case, Outcome, Quote

Row = dict[str, object]

_BEHAVIORS = {
    "answer": Behavior.ANSWER,
    "回答": Behavior.ANSWER,
    "abstain": Behavior.ABSTAIN,
    "拒答": Behavior.ABSTAIN,
    "correct_premise": Behavior.CORRECT_PREMISE,
    "纠正": Behavior.CORRECT_PREMISE,
    "resist_injection": Behavior.RESIST_INJECTION,
    "抵制": Behavior.RESIST_INJECTION,
}
_YES, _NO = {"yes", "y", "true", "1", "是", "能", "可"}, {"no", "n", "false", "0", "否", "不能", "不可"}

# What people call the columns of their sheets; the first name of each is the field of the case format.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "编号", "序号"),
    "question": ("question", "问题", "提问"),
    "expected": ("expected", "expected answer", "answer", "答案", "标准答案", "期望答案"),
    "must_include": ("must_include", "must include", "必含", "必须包含"),
    "must_not_include": ("must_not_include", "must not include", "不得含", "不得包含"),
    "qualifiers": ("qualifiers", "限定词"),
    "cite": ("cite", "evidence", "依据", "原文", "出处"),
    "near_cite": ("near_cite", "相关原文"),
    "answerable": ("answerable", "可回答", "能否回答"),
    "expected_behavior": ("expected_behavior", "behavior", "期望行为"),
    "type": ("type", "类型", "题型"),
    "lang": ("lang", "language", "语言"),
    "group": ("group", "组", "同义组"),
    "reason": ("reason", "原因"),
    "as_of": ("as_of", "截至日期"),
    "history_question": ("history_question", "上一问", "前一问题"),
    "history_answer": ("history_answer", "上一答", "前一回答"),
    "note": ("note", "备注", "说明"),
}
_FIELD_OF = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
_LISTS = ("must_not_include", "qualifiers", "cite", "near_cite")


@dataclass(frozen=True, slots=True)
class _NumberedRow:
    number: int
    row: Row | None
    problem: str | None = None


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases in a `.jsonl`, `.csv` or `.xlsx` file, in its order.

    Raises `CaseFileError` that lists every bad line with its remedy, or says what is wrong with the file.
    """
    rows = list(_rows(path))
    if not rows:
        raise CaseFileError(f"{path} holds no cases. Write one JSON object a line, or a sheet with a header.")
    cases: list[Case] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for numbered in rows:
        if numbered.row is None:
            problems.append(Problem(numbered.number, numbered.problem or "cannot be read."))
            continue
        case, found = check_case(numbered.row, numbered.number)
        problems += found
        if case is None:
            continue
        if case.id in seen:
            problems.append(
                Problem(case.line, f"id {case.id!r} stands on line {seen[case.id]} already. Give another.")
            )
        seen.setdefault(case.id, case.line)
        cases.append(case)
    if problems:
        raise CaseFileError(_listing(path, problems))
    return tuple(cases)


def _listing(path: Path, problems: Sequence[Problem]) -> str:
    lines = len({problem.line for problem in problems})
    noun = "line" if lines == 1 else "lines"
    listed = "\n".join(f"  line {problem.line}: {problem.text}" for problem in problems)
    return f"{path}: {lines} {noun} cannot be used; nothing was run.\n{listed}"


def _rows(path: Path) -> Iterator[_NumberedRow]:
    if not path.is_file():
        raise CaseFileError(f"There is no file of cases at {path}. Check the path.")
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        yield from _json_rows(_text(path))
    elif suffix in (".csv", ".tsv"):
        yield from _csv_rows(path)
    elif suffix == ".xlsx":
        yield from _sheet_rows(path, _workbook_cells(path))
    else:
        raise CaseFileError(f"{path} ends in {suffix or 'nothing'}. Give cases as .jsonl, .csv or .xlsx.")


def _text(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):  # spreadsheets on Chinese Windows save the second
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CaseFileError(f"{path} is text neither in UTF-8 nor in GB18030. Save it as UTF-8.")


def _json_rows(text: str) -> Iterator[_NumberedRow]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            yield _NumberedRow(number, None, f"is no JSON ({error}). Write one JSON object a line.")
            continue
        if isinstance(value, dict):
            yield _NumberedRow(number, value)
        else:
            yield _NumberedRow(number, None, "is JSON but no object. Write {…} with id and question.")


def _csv_rows(path: Path) -> Iterator[_NumberedRow]:
    text = _text(path)
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        cells = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise CaseFileError(f"{path}, line {reader.line_num}: {error}. Save it as CSV again.") from error
    yield from _sheet_rows(path, cells)


def _workbook_cells(path: Path) -> list[tuple[int, list[str]]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises KeyError, BadZipFile, ValueError … for what is no workbook
        raise CaseFileError(f"{path} is no workbook ({error}). Save it as .xlsx again.") from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        return [(number, [_cell(value) for value in row]) for number, row in enumerate(rows, 1)]
    finally:
        book.close()


def _cell(value: object) -> str:
    """Return a cell as the person sees it: 2030 rather than 2030.0, nothing rather than None."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _sheet_rows(path: Path, cells: Iterable[tuple[int, Sequence[str]]]) -> Iterator[_NumberedRow]:
    filled = [(number, row) for number, row in cells if any(cell.strip() for cell in row)]
    if not filled:
        return
    fields = [_FIELD_OF.get(cell.strip().lower(), "") for cell in filled[0][1]]
    if "question" not in fields:
        raise CaseFileError(
            f"The first row of {path} names no column “question” (or 问题). Name the columns there, "
            f"for example: {', '.join(list(COLUMNS)[:7])}."
        )
    unknown = [cell for cell, name in zip(filled[0][1], fields, strict=True) if cell.strip() and not name]
    if unknown:
        raise CaseFileError(
            f"{path} has unknown columns: {', '.join(unknown)}. Known are {', '.join(COLUMNS)}."
        )
    for number, row in filled[1:]:
        named = zip(fields, row, strict=False)
        values = {name: cell.strip() for name, cell in named if name and cell.strip()}
        yield _sheet_case(number, values)


def _sheet_case(number: int, cells: dict[str, str]) -> _NumberedRow:
    """Turn the cells of one row into the fields of the case format.

    Alternatives are separated by `|`, groups of `must_include` by `;` or line breaks, other lists by line
    breaks.
    """
    row: Row = {"id": f"row-{number}", **cells}
    if "expected" in cells:
        row["expected"] = _split(cells["expected"], "|")
    if "must_include" in cells:
        groups = _split(cells["must_include"].replace("；", ";").replace(";", "\n"), "\n")
        row["must_include"] = [_split(group, "|") for group in groups]
    for name in _LISTS:
        if name in cells:
            row[name] = _split(cells[name].replace("|", "\n"), "\n")
    if "answerable" in cells:
        said = cells["answerable"].lower()
        if said not in _YES | _NO:
            return _NumberedRow(number, None, f"answerable is {cells['answerable']!r}. Write yes or no.")
        row["answerable"] = said in _YES
    if "expected_behavior" in cells:
        behavior = _BEHAVIORS.get(cells["expected_behavior"].lower())
        row["expected_behavior"] = behavior.value if behavior else cells["expected_behavior"]
    row.pop("history_question", None)
    row.pop("history_answer", None)
    if "history_question" in cells:
        row["history"] = [{"question": cells["history_question"], "answer": cells.get("history_answer", "")}]
    return _NumberedRow(number, row)


def _split(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


def read_predictions(path: Path) -> dict[str, Outcome]:
    """Return the outcomes in a file of predictions, by case id. Raises `CaseFileError` listing bad lines."""
    if not path.is_file():
        raise CaseFileError(f"There is no file of predictions at {path}. Check the path.")
    outcomes: dict[str, Outcome] = {}
    problems: list[Problem] = []
    for numbered in _json_rows(_text(path)):
        row = numbered.row
        if row is None:
            problems.append(Problem(numbered.number, numbered.problem or "cannot be read."))
        elif (wrong := _prediction_problem(row)) is not None:
            problems.append(Problem(numbered.number, wrong))
        else:
            outcome = _prediction(row)
            outcomes[outcome.case_id] = outcome
    if problems:
        raise CaseFileError(_listing(path, problems))
    return outcomes


def _prediction_problem(row: Row) -> str | None:
    if not isinstance(row.get("id"), str) or not row["id"]:
        return 'has no "id" as text. Write the id of the case.'
    if not isinstance(row.get("answer"), str):
        return 'has no "answer" as text. Write "" for none.'
    if not isinstance(row.get("abstained"), bool):
        return 'has no "abstained". Write true when the answer declines, else false.'
    quotes = row.get("citations", [])
    if not isinstance(quotes, list) or not all(isinstance(quote, str) for quote in quotes):
        return '"citations" is no list of texts. Write the quotes, [] for none.'
    confidence = row.get("confidence", 1.0)
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        return f'"confidence" is {confidence!r}. Write a number from 0 to 1, or leave it out.'
    return None


def _prediction(row: Row) -> Outcome:
    quotes = row.get("citations", [])
    confidence = row.get("confidence", 1.0)
    reason = row.get("reason")
    return Outcome(
        case_id=str(row["id"]),
        answer=str(row["answer"]),
        quotes=tuple(Quote(str(quote)) for quote in quotes) if isinstance(quotes, list) else (),
        abstained=row["abstained"] is True,
        reason=reason if isinstance(reason, str) else None,
        confidence=float(confidence) if isinstance(confidence, int | float) else 1.0,
    )


def write_predictions(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write outcomes in the contract's form, one JSON object a line, in the order given."""
    lines = (json.dumps(prediction_json(outcome), ensure_ascii=False) for outcome in outcomes)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def prediction_json(outcome: Outcome) -> Row:
    """Return an outcome in the contract's form of a prediction; confidence and reason are added."""
    return {
        "id": outcome.case_id,
        "answer": outcome.answer,
        "citations": [quote.text for quote in outcome.quotes],
        "abstained": outcome.abstained,
        "reason": outcome.reason,
        "confidence": round(outcome.confidence, 4),
    }
