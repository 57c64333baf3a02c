"""The text of a file that a problem names, for the code frame below its message."""

from pathlib import Path

from sitegen.content.parse import decode
from sitegen.content.read import LARGEST_FILE


def text_of(path: Path) -> str | None:
    """None where the file can't be read as text."""
    try:
        return decode(path.read_bytes()) if path.stat().st_size <= LARGEST_FILE else None
    except (OSError, UnicodeDecodeError, ValueError):
        return None
