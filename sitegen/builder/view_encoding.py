"""Encode the view of a page as bytes: for its digest, and to render an entry's page with another body without linking the site.

The frame of a view is everything but its body and the site, which all views share.
"""

from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

import msgspec
from markupsafe import Markup

from sitegen.builder.digests import digest_of
from sitegen.pages.link_targets import LinkTarget
from sitegen.pages.views import EntryPage, SiteView, View

_APART = ("site", "body")


def site_bytes(site: SiteView) -> bytes:
    return _ENCODER.encode(site)


def site_of(data: bytes) -> SiteView:
    """Raises msgspec.MsgspecError."""
    return msgspec.msgpack.decode(data, type=SiteView)


def frame(view: View) -> bytes:
    kind: type = type(view)
    return _ENCODER.encode([getattr(view, name) for name in _framed(kind)])


def digest(layout: str, site: bytes, its_frame: bytes, body: str) -> bytes:
    """The digest of everything that the layout sees; *site* is a digest itself."""
    return digest_of(layout.encode(), site, its_frame, body.encode())


class KeptFrame(msgspec.Struct, array_like=True):
    """The frame of an entry's page, and where the references in its body lead."""

    frame: bytes
    link_targets: dict[str, LinkTarget]

    @classmethod
    def of(cls, data: bytes) -> "KeptFrame":
        """Raises msgspec.MsgspecError."""
        return msgspec.msgpack.decode(data, type=cls)

    def as_bytes(self) -> bytes:
        return _ENCODER.encode(self)

    def changed_fields(self, now: bytes) -> list[str]:
        """Names of the fields that differ in the frame *now*."""
        before, after = msgspec.msgpack.decode(self.frame), msgspec.msgpack.decode(now)
        return [name for name, one, other in zip(_framed(EntryPage), before, after, strict=True) if one != other]

    def page(self, site: SiteView, body: Markup) -> EntryPage:
        """Raises msgspec.MsgspecError."""
        values = _entry_decoder().decode(self.frame)
        return EntryPage(site=site, body=body, **dict(zip(_framed(EntryPage), values, strict=True)))


@cache
def _framed(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.name not in _APART)


@cache
def _entry_decoder() -> Any:
    hints = get_type_hints(EntryPage)
    form: Any = tuple[tuple(hints[name] for name in _framed(EntryPage))]  # type: ignore[misc]
    return msgspec.msgpack.Decoder(form, dec_hook=_as_markup)


def _as_plain(value: object) -> str:
    if not isinstance(value, Markup):
        raise NotImplementedError(type(value))
    return str.__str__(value)


def _as_markup(kind: type, value: object) -> Markup:
    if kind is not Markup or not isinstance(value, str):
        raise NotImplementedError(kind)
    return Markup(value)  # noqa: S704  # a frame that we wrote


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_as_plain)
