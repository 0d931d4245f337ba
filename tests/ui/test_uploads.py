"""A browser names the files it sent: only those that were received here may be read."""

from pathlib import Path

import pytest

gradio_utils = pytest.importorskip("gradio.utils")


def test_only_received_files_are_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "received"))
    from ui.library import uploaded_files

    received = tmp_path / "received" / "abc" / "文件.txt"
    received.parent.mkdir(parents=True)
    received.write_text("x")
    outside = tmp_path / "secret.txt"
    outside.write_text("x")
    (received.parent / "link.txt").symlink_to(outside)
    sent = [
        {"path": str(received), "name": "文件.txt"},
        {"path": str(outside)},
        {"path": str(received.parent / ".." / ".." / "secret.txt")},
        {"path": str(received.parent / "link.txt")},
        {"path": "/etc/passwd"},
        {"path": 7},
        {"name": "none"},
        "text",
    ]
    assert uploaded_files(sent) == [received.resolve()]
    assert uploaded_files(None) == []
    assert uploaded_files({"path": str(received)}) == []
    assert Path(gradio_utils.get_upload_folder()) == tmp_path / "received"
