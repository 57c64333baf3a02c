"""Without a browser these tests are skipped, or fail where one is required."""

from pathlib import Path

import pytest

from tests.browser.conftest import executable


def test_without_a_browser_the_tests_are_skipped_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(pytest.skip.Exception, match="no browser: none of chromium, chromium-browser, google-chrome is on PATH"):
        executable(str(tmp_path), is_required=False)


def test_without_a_browser_the_tests_fail_where_one_is_required(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="no browser"):
        executable(str(tmp_path), is_required=True)


def test_any_of_the_three_browsers_is_used(tmp_path: Path) -> None:
    browser = tmp_path / "google-chrome"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    assert executable(str(tmp_path), is_required=True) == str(browser)
