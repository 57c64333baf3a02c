"""Golden files lie beside their input; `--update-golden` rewrites them. Read the difference before you commit it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("sitegen", deadline=5000)  # milliseconds; no parser needs that long on any machine
settings.load_profile("sitegen")

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files")


@pytest.fixture
def updates_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def golden(updates_golden: bool) -> Golden:
    """Compares a text with a file's content."""

    def compare(file: Path, text: str) -> None:
        if updates_golden:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert text == file.read_bytes().decode()

    return compare
