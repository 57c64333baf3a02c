"""The text of a file that a problem is told of, for the line that is shown with it."""

from pathlib import Path

from sitegen.content.read import LARGEST_FILE, decode


def text_of(path: Path) -> str | None:
    """None for what is no text, and for a pipe or a device, which may never end."""
    try:
        return decode(path.read_bytes()) if path.is_file() and path.stat().st_size <= LARGEST_FILE else None
    except (OSError, UnicodeDecodeError, ValueError):
        return None
