"""The text of a file that a problem is told of, for the line that is shown with it."""

import os
from pathlib import Path

from sitegen.content.read import LARGEST_FILE, PRIVATE, decode
from sitegen.files import read_regular


def text_of(root: Path, file: str) -> str | None:
    """None for what is no text, no file of the site, or a link to what is none."""
    home, real = Path(os.path.realpath(root)), Path(os.path.realpath(root / file))
    if not real.is_relative_to(home) or PRIVATE & set(real.relative_to(home).parts):
        return None
    try:
        data = read_regular(real, largest=LARGEST_FILE)
        return decode(data) if data is not None else None
    except (OSError, UnicodeDecodeError, ValueError):
        return None
