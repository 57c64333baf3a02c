"""One browser for all of these tests, and the built sites that it visits.

In every test, no page may request anything from another host, log an error or break its own policy.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, sync_playwright

from tests.browser.server import served
from tests.support.built_sites import example, large, odd

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


def executable(search: str | None, *, is_required: bool) -> str:
    """A browser on PATH. If there is none, the test is skipped, or fails if a browser is required."""
    found = next((path for name in NAMES if (path := shutil.which(name, path=search))), None)
    if found is None:
        refuse: Callable[[str], Any] = pytest.fail if is_required else pytest.skip
        refuse(f"no browser: none of {', '.join(NAMES)} is on PATH")
    return found or ""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = executable(None, is_required=bool(os.environ.get("CI")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def root_url() -> Iterator[str]:
    """The example at /."""
    with served(example("/")) as address:
        yield address


@pytest.fixture(scope="package")
def repo_url() -> Iterator[str]:
    """The example at /repo/."""
    with served(example("/repo/")) as address:
        yield address


@pytest.fixture(scope="package")
def large_url() -> Iterator[str]:
    with served(large("/repo/")) as address:
        yield address


@pytest.fixture(scope="package")
def odd_url() -> Iterator[str]:
    with served(odd("/repo/")) as address:
        yield address


def assert_soon(page: Page, check: Callable[[], None]) -> None:
    """Repeat a check until it passes. Raises the last failure after some seconds."""
    for _ in range(200):
        try:
            return check()
        except (AssertionError, Error):  # Error: the page is just being replaced
            page.wait_for_timeout(25)
    return check()


def assert_clipboard(page: Page, text: str) -> None:
    def check() -> None:
        assert page.evaluate("navigator.clipboard.readText()") == text

    assert_soon(page, check)


@dataclass
class Visits:
    """Opens pages and records their faults."""

    browser: Browser
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def context(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(**{"viewport": DESKTOP, **options})
        context.add_init_script(
            "addEventListener('securitypolicyviolation', event =>"
            " console.error('policy broken:', event.violatedDirective, event.blockedURI, event.sourceFile))"
        )
        context.on("request", self._note_request)
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self.faults.append(f"{error.page and error.page.url}: {error.error}"))
        self.contexts.append(context)
        return context

    def page(self, **options: Any) -> Page:
        page = self.context(**options).new_page()
        page.set_default_timeout(5000)
        return page

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.hostname != "127.0.0.1" and parts.scheme != "data":
            self.faults.append(f"asked another host: {request.url}")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.location.get('url')}: {message.text}")


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    visits = Visits(browser)
    yield visits
    for context in visits.contexts:
        context.close()
    assert visits.faults == []


PHONE_OPTIONS: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}


@pytest.fixture
def page(visits: Visits) -> Page:
    """An empty tab on a desktop."""
    return visits.page()


@pytest.fixture
def phone(visits: Visits) -> Page:
    """An empty tab on a phone."""
    return visits.page(**PHONE_OPTIONS)


@pytest.fixture(params=["desktop", "phone"])
def tab(visits: Visits, request: pytest.FixtureRequest) -> Page:
    """An empty tab on a desktop and on a phone."""
    return visits.page(**(PHONE_OPTIONS if request.param == "phone" else {}))
