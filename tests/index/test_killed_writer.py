"""kill -9 at any point of a change leaves the index as it was before or as it should be after.

A child process makes the change and kills itself at the n-th call that code of `index` makes: every SQLite
statement, every tantivy and file operation is such a call. More children are killed by the clock, which also
hits inside of those operations.
"""

import multiprocessing
import os
import random
import shutil
import signal
import sys
import threading
from pathlib import Path

import pytest
from documents_for_tests import make_entry
from fake_embedder import FakeEmbedder

import index
from index.errors import OtherModelError
from index.passage_index import PassageIndex

QUERY = "技术合同成交额2030年"
BEFORE = [
    make_entry(
        "a", ["力争2025年技术合同成交额突破1000亿元", "2030年突破2000亿元", "全社会研发投入强度达到3%"]
    ),
    make_entry("b", ["国家级创新平台超过80家", "专精特新企业达到3000家"], groups=["x"]),
]
CHANGED = make_entry(
    "a",
    ["2030年突破2000亿元", "新增高新技术企业1000家", "力争2025年技术合同成交额突破1000亿元"],
    indicators=[("技术合同成交额", "郑州市", "2030", "2000", "亿元")],
    groups=["y"],
    superseded={"b": "a"},
)
READ_AGAIN = make_entry(
    "a",
    BEFORE[0].document.text.split("\n"),
    indicators=[("技术合同成交额", "郑州市", "2025", "1000", "亿元")],
    superseded={"b": "a"},
)
CHANGES = {
    "replace": lambda opened: opened.add_many([CHANGED]),
    "remove": lambda opened: opened.remove(["a"]),
    "reembed": lambda opened: PassageIndex.reembed(opened.folder, newer()),
    "reread": lambda opened: opened.reread("new", lambda document: read_again(document.id)),
}
KILLS = {"replace": 9, "remove": 4, "reembed": 6, "reread": 5}
TIMED_KILLS = 3


def read_again(document_id):
    """What a newer version finds: in one document more, in the other the same."""
    return READ_AGAIN if document_id == "a" else BEFORE[1]


def newer():
    return FakeEmbedder(dimension=16, seed=1, name="newer")


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def change_and_die(folder: str, change: str, at: int, counted: str, seconds: float | None) -> None:
    """Run in a child: make the change, and die at call number `at` (0: never) or after `seconds`."""
    calls, package = 0, str(Path(index.__file__).parent)

    def count(frame, event, argument):
        nonlocal calls
        if event in ("call", "c_call") and frame.f_code.co_filename.startswith(package):
            calls += 1
            if calls == at:
                os.kill(os.getpid(), signal.SIGKILL)

    with PassageIndex.open(Path(folder), FakeEmbedder()) as opened:
        if seconds is not None:
            threading.Thread(target=die_after, args=(seconds,), daemon=True).start()
        else:
            sys.setprofile(count)
        CHANGES[change](opened)
    sys.setprofile(None)
    Path(counted).write_text(str(calls))


def die_after(seconds: float) -> None:
    threading.Event().wait(seconds)
    os.kill(os.getpid(), signal.SIGKILL)


def child(*arguments) -> int:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["index.passage_index", "faiss", "rjieba"])
    process = context.Process(target=change_and_die, args=arguments)
    process.start()
    process.join(60)
    assert process.exitcode is not None
    return process.exitcode


def contents(folder: Path):
    """Everything that a user of the index can see, and whether the derived stores agree with it."""
    try:
        opened = PassageIndex.open(folder, FakeEmbedder())
    except OtherModelError:
        opened = PassageIndex.open(folder, newer())
    with opened:
        hits = opened.search(QUERY, top_k=50)
        with opened._derived.current() as (vectors, lexical, _):
            assert len(vectors) == len(lexical) == opened.statistics().passages
        records = [(r.id, r.revision, r.groups, r.superseded_by, r.passages) for r in opened.documents()]
        passages = [opened.passages(record[0]) for record in records]
        return records, passages, opened.indicators(), hits


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Give the index before any change, and what it shows before and after each."""
    root = tmp_path_factory.mktemp("killed")
    with PassageIndex.open(root / "before", FakeEmbedder()) as opened:
        opened.add_many(BEFORE)
    shown, calls = {"before": contents(root / "before")}, {}
    for change in CHANGES:
        shutil.copytree(root / "before", root / change)
        assert child(str(root / change), change, 0, str(root / "count"), None) == 0
        calls[change] = int((root / "count").read_text())
        shown[change] = contents(root / change)
        assert shown[change] != shown["before"]
    return root, shown, calls


def killed(root: Path, name: str, change: str, at: int, seconds: float | None = None) -> tuple[Path, int]:
    folder = root / name
    shutil.copytree(root / "before", folder)
    return folder, child(str(folder), change, at, str(root / "count"), seconds)


@pytest.mark.parametrize("change", CHANGES)
def test_killed_at_any_call(folders, change):
    root, shown, calls = folders
    assert calls[change] > 100
    points = [1 + number * (calls[change] - 1) // (KILLS[change] - 1) for number in range(KILLS[change])]
    seen = []
    for at in points:
        folder, code = killed(root, f"{change}-{at}", change, at)
        assert code == -signal.SIGKILL
        found = contents(folder)
        seen.append("before" if found == shown["before"] else change)
        assert found == shown[seen[-1]], f"killed at call {at} of {calls[change]}"
    assert seen == sorted(seen, key=["before", change].index)  # once it is there it stays
    assert set(seen) == {"before", change}


def test_killed_at_any_time_and_done_again(folders):
    root, shown, _ = folders
    for number in range(TIMED_KILLS):
        seconds = random.Random(number).uniform(0, 0.12)
        folder, _ = killed(root, f"timed-{number}", "replace", 0, seconds)
        assert contents(folder) in (shown["before"], shown["replace"]), f"killed after {seconds:.3f} s"
        with PassageIndex.open(folder, FakeEmbedder()) as opened:
            opened.add_many([CHANGED])
        assert contents(folder) == shown["replace"]
