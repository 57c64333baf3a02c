"""Make docs/site.png, the README's picture of the example site: its timeline, and one of its entries.

    python tools/picture.py

Needs the extra `test` and a browser: chromium or google-chrome.
"""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from sitegen import cli

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "site.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT = 1200, 760
SCALE = 0.62
SIDE_BY_SIDE = f"""
<style>
body {{{{ margin: 0; display: flex; gap: 2px; background: #888 }}}}
iframe {{{{ border: 0; flex: none; width: {WIDTH / 2 / SCALE}px; height: {HEIGHT / SCALE}px; zoom: {SCALE} }}}}
</style>
<iframe src="{{address}}/"></iframe>
<iframe src="{{address}}/entries/british-update/"></iframe>
"""


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which *folder* is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def take(address: str, file: Path) -> None:
    browser_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(f"{address}/robots.txt")  # a page of the same host, for the frames
        page.set_content(SIDE_BY_SIDE.format(address=address), wait_until="networkidle")
        page.screenshot(path=file)
        browser.close()


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        status = cli.main(["build", "--output", folder, "--base-url", ""])
        if status == 0:
            with served(Path(folder)) as address:
                take(address, PICTURE)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
