"""Finding the site's folder and its settings file."""

from pathlib import Path

from sitegen.site_folder import find_site, settings_file


def test_a_site_is_the_nearest_folder_upward_that_has_settings(tmp_path: Path) -> None:
    below = tmp_path / "site" / "content" / "entries"
    below.mkdir(parents=True)
    (tmp_path / "sitegen.toml").write_text("", encoding="utf-8")
    assert find_site(below) == tmp_path
    (tmp_path / "site" / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    assert find_site(below) == tmp_path
    (tmp_path / "site" / "pyproject.toml").write_text("[tool.sitegen]\n", encoding="utf-8")
    assert find_site(below) == tmp_path / "site"
    assert settings_file(tmp_path / "site") == "pyproject.toml"
    (tmp_path / "site" / "sitegen.toml").write_text("", encoding="utf-8")
    assert settings_file(tmp_path / "site") == "sitegen.toml"


def test_a_folder_without_settings_is_no_site(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"[tool.sitegen-other]\n\xff")
    assert settings_file(tmp_path) is None
