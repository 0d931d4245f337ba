"""The table of places is whole, and says each thing once."""

from pathlib import Path

import documents
from documents.gazetteer import CITIES, PROVINCE_OF, PROVINCES


def test_every_province_and_city_is_there_once():
    assert len(PROVINCES) == 34
    assert all(full.startswith(short) and full != short for short, full in PROVINCES.items())
    assert PROVINCE_OF.keys() >= CITIES
    assert len(CITIES) > 290
    assert all(PROVINCE_OF[province] == province for province in PROVINCES)
    assert set(PROVINCE_OF.values()) == set(PROVINCES)
    text = (Path(documents.__file__).parent / "gazetteer.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    printed = [
        name for short, _, cities, others in rows for name in (short, *cities.split(), *others.split())
    ]
    assert [name for name in printed if printed.count(name) > 1] == []


def test_places_lie_in_their_province():
    assert (PROVINCE_OF["郑州"], PROVINCE_OF["雄安"], PROVINCE_OF["北京"]) == ("河南", "河北", "北京")
    assert (PROVINCES["河南"], PROVINCES["新疆"]) == ("河南省", "新疆维吾尔自治区")
    assert "雄安" not in CITIES
