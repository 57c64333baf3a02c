"""The files of a transaction are written together or not at all."""

from pathlib import Path

import pytest

from sitegen.editing.file_transaction import FileChange, FileTransaction, WriteError
from tests.support.ingest_runs import files


def test_files_are_stored_together_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/stands.md").write_bytes(b"before")
    (tmp_path / "content/blocked").write_bytes(b"no folder")
    new, changed = {"content/new.md": b"new"}, {"content/stands.md": FileChange(b"before", b"after")}
    with pytest.raises(WriteError, match=r"content/blocked/last\.md can’t be written"):
        FileTransaction(new, changed, {"content/blocked/last.md": b"last"}).commit(tmp_path)
    assert files(tmp_path) == {"stands.md": b"before", "blocked": b"no folder"}
    FileTransaction(new, changed, {"content/last.md": b"last"}).commit(tmp_path)
    assert files(tmp_path) == {"stands.md": b"after", "blocked": b"no folder", "new.md": b"new", "last.md": b"last"}


def test_a_file_that_its_editor_saved_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    path = tmp_path / "content/stands.md"
    path.write_bytes(b"the editor's")
    changed = {"content/stands.md": FileChange(b"before", b"after")}
    with pytest.raises(WriteError, match="was changed while this command was running"):
        FileTransaction({"content/new.md": b"new"}, changed).commit(tmp_path)
    assert files(tmp_path) == {"stands.md": b"the editor's"}


def test_a_changed_file_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    path = tmp_path / "content/stands.md"
    path.write_bytes(b"before")
    path.chmod(0o640)
    FileTransaction(changed={"content/stands.md": FileChange(b"before", b"after")}).commit(tmp_path)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"after", 0o640)


def test_a_file_that_another_program_wrote_meanwhile_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "content/drafts/x.md"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    with pytest.raises(WriteError, match="can’t be written: File exists") as caught:
        FileTransaction({"content/captures/x.txt": b"ours", "content/drafts/x.md": b"ours"}).commit(tmp_path)
    assert caught.value.hint == "another program has just written it; run the command again"
    assert files(tmp_path) == {"drafts/x.md": b"theirs"}
