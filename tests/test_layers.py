"""Imports point down: documents → index → assistant → ui, and no floor looks up."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ["documents", "index", "assistant", "ui"]
ROOMS = ["asking", "answers", "conversation"]  # of the assistant: none looks into a later one


def imported_floors(source: str) -> set[str]:
    """Return the floors that a module's source imports, wherever in the module it does so."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found & set(FLOORS)


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_point_down(floor):
    allowed = set(FLOORS[: FLOORS.index(floor) + 1])
    modules = sorted((ROOT / floor).rglob("*.py"))
    assert modules, f"no modules under {floor}/"
    wrong = {
        str(path.relative_to(ROOT)): imported_floors(path.read_text("utf-8")) - allowed for path in modules
    }
    assert {path: floors for path, floors in wrong.items() if floors} == {}


def test_an_upward_import_is_seen():
    assert imported_floors("def f():\n    from ui.page import build_page\n") == {"ui"}


def imported_modules(source: str) -> set[str]:
    """Return the dotted names of the modules that a module's source imports from."""
    return {
        node.module
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module
    }


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_of_the_assistant_looks_ahead(room):
    later = [f"assistant.{name}" for name in ROOMS[ROOMS.index(room) + 1 :]] + ["assistant.assistant"]
    modules = sorted((ROOT / "assistant" / room).rglob("*.py"))
    assert modules, f"no modules under assistant/{room}/"
    wrong = {
        path.name: [
            name for name in imported_modules(path.read_text("utf-8")) if name.startswith(tuple(later))
        ]
        for path in modules
    }
    assert {name: ahead for name, ahead in wrong.items() if ahead} == {}
