"""Settings: their values, and the line of each mistake."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import KEYS, is_zone, parse, with_base_url
from sitegen.model import Settings
from sitegen.problems import Spot
from sitegen.site_folder import SETTINGS_FILES, settings_file

ALL = """\
title = "The battle"
subtitle = "A week"
base_url = "https://example.org/timeline/"
language = "uk-UA"
zone = "Europe/Kyiv"
order = "oldest"
editor = "Ann"
quoted_share = 0.15
search = false
preview_editor = "idea://open?file={file}&line={line}"
"""


def settings(text: str, file: str = "sitegen.toml") -> Settings:
    found, problems = parse(file, text)
    assert problems == ()
    return found


def refusals(text: str, file: str = "sitegen.toml") -> list[tuple[int, str]]:
    return [(found.line, found.message) for found in parse(file, text)[1]]


def test_every_setting_is_read() -> None:
    found = settings(ALL)
    assert {key: getattr(found, key) for key in KEYS} == {
        "title": "The battle",
        "subtitle": "A week",
        "base_url": "https://example.org/timeline",
        "language": "uk-UA",
        "zone": "Europe/Kyiv",
        "order": "oldest",
        "editor": "Ann",
        "quoted_share": 0.15,
        "search": False,
        "preview_editor": "idea://open?file={file}&line={line}",
    }


def test_no_setting_is_needed() -> None:
    assert settings("") == Settings()
    assert (Settings().title, Settings().order, Settings().language, Settings().base_path) == ("Timeline", "newest", "en", "/")


def test_settings_in_pyproject_are_below_their_heading() -> None:
    text = f'[project]\nname = "x"\n\n[tool.other]\ntitle = 3\n\n[tool.sitegen]\n{ALL}\n[tool.last]\norder = "none"\n'
    found = settings(text, "pyproject.toml")
    assert (found.title, found.spot) == ("The battle", Spot(7))
    assert refusals(text.replace('order = "oldest"', 'order = "eldest"'), "pyproject.toml") == [
        (13, "“order” must be “newest” or “oldest”")
    ]


@pytest.mark.parametrize(
    "text",
    ['tool = 3\n"""', 'x = """\n[tool.sitegen]\n"""\n', '[tool]\nsitegen = 3\n[x]\ny = """\n[tool.sitegen]\n"""', "[tool.sitegen]\n"],
)
def test_an_unusual_pyproject_is_read(text: str) -> None:
    assert isinstance(parse("pyproject.toml", text)[0], Settings)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://example.org", "/"),
        ("https://example.org/", "/"),
        ("https://example.org/repo", "/repo/"),
        ("https://example.org/repo/", "/repo/"),
        ("http://localhost:8000/a/b/", "/a/b/"),
        ("https://user.github.io/стрічка/", "/стрічка/"),
    ],
)
def test_the_base_path_is_that_of_the_address(address: str, path: str) -> None:
    found = settings(f'base_url = "{address}"')
    assert found.base_path == path
    assert found.base_url == address.rstrip("/")
    assert with_base_url(Settings(), address)[0].base_url == found.base_url


@pytest.mark.parametrize(
    "address",
    ["", "example.org", "/repo/", "//example.org/", "ftp://example.org", "https://", "https://example.org/?a=b", "https://example.org/#a", "https://[", "https://a b/"],
)  # fmt: skip
def test_an_address_that_is_not_whole_is_refused(address: str) -> None:
    if address:
        assert refusals(f'title = "T"\nbase_url = "{address}"') == [
            (2, "“base_url” must be a full web address without a query or a fragment")
        ]
    found, problems = with_base_url(Settings(title="T"), address)
    assert (found, [one.file for one in problems]) == (Settings(title="T"), ["--base-url"])


def test_the_command_lines_address_replaces_the_settings_own_and_nothing_else() -> None:
    found, problems = with_base_url(settings(ALL), "https://other.example/x/")
    assert (problems, found.base_url, found.title, found.spot) == ((), "https://other.example/x", "The battle", settings(ALL).spot)


@pytest.mark.parametrize("name", ["Europe/Kyiv", "UTC", "America/Argentina/Buenos_Aires"])
def test_a_zone_of_the_database_is_known(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize(
    "name", ["", "Kyiv", "Europe", "Europe/", "../etc/passwd", "/etc/passwd", "a\0b", "Europe/Kyiv\n", "x" * 5000, "é", "\udcff"]
)
def test_anything_else_is_not_a_zone(name: str) -> None:
    assert not is_zone(name)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('titel = "x"', 1),
        ('\n\n  titel = "x"', 3),
        ('"titel" = "x"', 1),
        ('title = "titel = 1"\ntitel = "x"', 2),
        ("[titel]\na = 1", 1),
        ("\n[[titel]]\na = 1", 2),
        ("\n[titel.below]\na = 1", 2),
        ("\ntitel.below = 1", 2),
    ],
)
def test_an_unknown_setting_is_reported_on_its_line(text: str, line: int) -> None:
    assert refusals(text) == [(line, "unknown setting “titel”")]


def test_what_is_wrong_keeps_its_default_and_the_rest_is_read() -> None:
    found, problems = parse("sitegen.toml", 'title = 3\norder = "up"\nsubtitle = "S"\nsearch = 1\nquoted_share = true\n')
    assert (found.title, found.order, found.subtitle, found.search, found.quoted_share) == ("Timeline", "newest", "S", True, None)
    assert len(problems) == 4


@given(st.text(max_size=100))
def test_any_text_is_read_or_has_a_problem_within_its_lines(text: str) -> None:
    for file in SETTINGS_FILES:
        for found in parse(file, text)[1]:
            assert 1 <= found.line <= len(text.split("\n"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("quoted_share = " + "9" * 5_000, "a number or a date is out of range"),
        ("zone = 0x" + "f" * 5_000, "a number or a date is out of range"),
        ("title = [1, [-" + "1" * 4_400 + "]]", "a number or a date is out of range"),
        ("title = 9223372036854775808", "a number or a date is out of range"),
        ("title = " + "[" * 5_000 + "]" * 5_000, "it is nested too deeply"),
        ("title = " + "{a = " * 5_000 + "1" + "}" * 5_000, "it is nested too deeply"),
    ],
)
def test_toml_beyond_its_limits_is_a_problem(line: str, message: str, tmp_path: Path) -> None:
    for file, text in (("sitegen.toml", line), ("pyproject.toml", f"[tool.sitegen]\n{line}")):
        assert [message for _, message in refusals(text, file)] == [f"invalid TOML: {message}"]
    (tmp_path / "pyproject.toml").write_text(f"tool.sitegen.title = 'A'\n{line}")
    assert settings_file(tmp_path) is None
