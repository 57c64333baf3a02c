"""Golden files: what is expected stands beside its input, and `--update-golden` writes it anew, to be read before it is committed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("sitegen", deadline=5000)  # milliseconds: none of the parsers takes so long, on whatever machine
settings.load_profile("sitegen")

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is expected anew")


@pytest.fixture
def updates_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def golden(updates_golden: bool) -> Golden:
    """Compares a text with what a file holds."""

    def compare(file: Path, text: str) -> None:
        if updates_golden:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert text == file.read_bytes().decode()

    return compare
