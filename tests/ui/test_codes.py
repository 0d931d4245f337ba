"""A code from a footnote finds its words again, or says why not."""

from dataclasses import replace

import scripted_assistant as fake

from index.model import SearchFilter
from ui.codes import citation_of_code, verification_code

ALL = SearchFilter()


def cited():
    assistant = fake.ScriptedAssistant()
    return assistant, assistant.ask("2030年成交额").citations[0]


def test_a_code_finds_its_citation():
    assistant, citation = cited()
    assert citation_of_code(verification_code(citation), assistant, ALL) == citation


def test_codes_are_read_as_people_type_them():
    assistant, citation = cited()
    assert citation_of_code(f"  {verification_code(citation).upper()} ", assistant, ALL) == citation


def test_what_is_no_code_is_bad():
    assistant, _ = cited()
    assert citation_of_code("1234", assistant, ALL) == "bad"


def test_another_revision_is_unknown_and_so_is_a_hidden_document():
    assistant, citation = cited()
    assert (
        citation_of_code(verification_code(replace(citation, revision="0" * 64)), assistant, ALL) == "unknown"
    )
    assistant.groups["goals"] = frozenset({"finance"})
    hidden = SearchFilter(groups=frozenset({"staff"}))
    assert citation_of_code(verification_code(citation), assistant, hidden) == "unknown"


def test_one_changed_digit_of_span_or_quotation_is_altered():
    assistant, citation = cited()
    for other in (
        replace(citation, start=citation.start + 1),
        replace(citation, quote=citation.quote.replace("2", "3", 1)),
    ):
        assert citation_of_code(verification_code(other), assistant, ALL) == "altered"
