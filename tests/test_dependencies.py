"""The oldest supported versions of all dependencies are those in pyproject.toml."""

from pathlib import Path

import pytest

from tools.dependencies import ROOT, oldest_versions


def test_every_dependency_of_ours_has_a_lower_bound() -> None:
    constraints = oldest_versions(ROOT / "pyproject.toml")
    assert {one.partition("==")[0] for one in constraints} >= {"jinja2", "PyYAML", "pytest"}
    assert all(version.partition("==")[2] for version in constraints)


def test_a_requirement_without_a_bound_is_refused(tmp_path: Path) -> None:
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text('[project]\ndependencies = ["jinja2"]\noptional-dependencies.test = []\n', encoding="utf-8")
    with pytest.raises(ValueError, match="jinja2: write it as name>=version"):
        oldest_versions(pyproject)
