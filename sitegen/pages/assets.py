"""Fingerprint assets: a file's name changes with its content. Pure."""

import posixpath
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import quote, unquote

_URL = re.compile(rb"""url\(\s*(?:"([^"\n:]+)"|'([^'\n:]+)'|([^"')\s:]+))\s*\)""")


@dataclass(frozen=True, slots=True)
class Asset:
    path: str
    "/assets/style.0f3a9c1b2d.css"
    data: bytes


def fingerprinted(files: Mapping[str, bytes]) -> dict[str, Asset]:
    """All assets by their path in assets/. In stylesheets, url() references to other assets are fingerprinted too."""
    assets = {name: _asset(name, data) for name, data in files.items() if not name.endswith(".css")}
    for name in files.keys() - assets.keys():
        assets[name] = _asset(name, _with_fingerprinted_urls(name, files[name], assets))
    return dict(sorted(assets.items()))


def asset_name(address: str, assets: Container[str]) -> tuple[str, str]:
    """Split /assets/NAME?query#fragment into the name and the rest. An unencoded # may belong to the name."""
    whole = unquote(address.removeprefix("/assets/"), errors="surrogateescape")
    if whole in assets:
        return whole, ""
    path = re.split("[?#]", address, maxsplit=1)[0]
    return unquote(path.removeprefix("/assets/"), errors="surrogateescape"), address[len(path) :]


def line_of_undecodable_url(data: bytes) -> int | None:
    """The first line of a stylesheet whose url() is not UTF-8."""
    for match in _URL.finditer(data):
        try:
            match[0].decode()
        except UnicodeDecodeError:
            return data.count(b"\n", 0, match.start()) + 1
    return None


def _asset(name: str, data: bytes) -> Asset:
    stem, dot, suffix = name.rpartition(".")
    digest = blake2b(data, digest_size=5).hexdigest()
    return Asset(f"/assets/{stem}.{digest}.{suffix}" if dot else f"/assets/{name}.{digest}", data)


def _with_fingerprinted_urls(name: str, data: bytes, assets: Mapping[str, Asset]) -> bytes:
    folder = posixpath.dirname(name)

    def replaced(match: re.Match[bytes]) -> bytes:
        written = (match[1] or match[2] or match[3]).decode(errors="surrogateescape")
        target, behind = asset_name(posixpath.normpath(posixpath.join("/assets", folder, written)), assets)
        if target not in assets:
            return match[0]
        path = posixpath.relpath(assets[target].path, posixpath.join("/assets", folder))
        return f'url("{quote(path, errors="surrogateescape")}{behind}")'.encode(errors="surrogateescape")

    return _URL.sub(replaced, data)
