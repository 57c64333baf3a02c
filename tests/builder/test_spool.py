"""Passing bytes between processes through a file without a name."""

import os
from pathlib import Path

import pytest

from sitegen.builder.spool import Spool


def test_flushed_pieces_can_be_read_in_any_order(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    pieces = [spool.put(data) for data in (b"one", b"", b"x" * 3_000_000, b"last")]
    spool.flush()
    assert [spool.read(piece) for piece in reversed(pieces)] == [b"last", b"x" * 3_000_000, b"", b"one"]


def test_a_spool_has_no_name(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put(b"one")
    spool.flush()
    assert list((tmp_path / ".sitegen").iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_one_process_reads_a_piece_that_another_wrote(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    process = os.fork()
    if not process:
        spool.put(b"from another process")
        spool.flush()
        os._exit(0)
    os.waitpid(process, 0)
    first = Spool(tmp_path).put(b"from another process")
    assert spool.read(first) == b"from another process"
