"""Digests of content, to recognise what has not changed."""

from hashlib import blake2b


def digest_of(*parts: bytes) -> bytes:
    """16 bytes; parts are delimited, so b"a", b"b" differs from b"ab"."""
    whole = blake2b(digest_size=16)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()
