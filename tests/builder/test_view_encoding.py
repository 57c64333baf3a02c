"""Every view is encoded as MessagePack and decoded without loss."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
from markupsafe import Markup

from sitegen.builder import pipeline
from sitegen.builder.result import BuildOptions
from sitegen.pages.routes import HtmlPage
from sitegen.pages.views import View

SITE = Path(__file__).parents[1] / "sites" / "small"


def pages() -> Iterator[HtmlPage]:
    edited, problems = pipeline.renderable_site(SITE, BuildOptions(SITE / "site", with_drafts=True))
    assert edited is not None, problems
    return (page for page in edited.routes if isinstance(page, HtmlPage))


def encoded(view: View) -> bytes:
    return msgspec.msgpack.encode(view, enc_hook=_as_text)


def _as_text(value: object) -> str:
    assert isinstance(value, Markup)
    return str(value)


def _read_as(kind: type, value: object) -> Markup:
    assert kind is Markup
    return Markup(value)


def test_each_view_is_read_again_as_it_was_written() -> None:
    for page in pages():
        assert msgspec.msgpack.decode(encoded(page.view), type=type(page.view), dec_hook=_read_as) == page.view


def test_a_view_made_again_is_written_as_the_same_bytes() -> None:
    assert [encoded(page.view) for page in pages()] == [encoded(page.view) for page in pages()]


def test_every_kind_of_view_is_covered() -> None:
    kinds = {type(page.view) for page in pages()}
    missing = {kind.__name__ for kind in View.__args__ if kind not in kinds}
    assert missing == set()
