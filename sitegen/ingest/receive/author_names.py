"""Extract people's names from a byline, leaving out roles, outlets and the rest of the line."""

import re
from collections.abc import Iterable
from html import unescape

from sitegen.ingest.receive.report_scope import MAX_LABEL, folded

MAX_AUTHORS = 20
_MAX_WORDS = 5
_TAGS = re.compile(r"<[^<>]{0,500}>")
_HANDLES = re.compile(r"https?://\S+|www\.\S+|\S*@\S+")
_PREFIX = re.compile(
    r"^\W*(?:(?:(?:story|text|words?|report|reporting|reported|written|posted|published|article|authors?)\s*)?\b(?:by|von|par|por|with|avec|mit)\b|(?:authors?|words|text)\s*:)[\s:]*",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:photograph\w*|photos?|pictures?|images?|video|illustrat\w*|edit(?:ed|ing)|translated|graphics?)\s*(?:by\b|:).*"
    r"|\b(?:published|updated|posted|modified|created|first published|last updated)\b.*"
    r"|\d.*"
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\b\.?\s+\d.*|\bmay\s+\d.*"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?.*|\b(?:today|yesterday)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_SPLIT = re.compile(r"[,;|/&•·\n]|\s[–—-]\s|\s(?:and|AND|And|und|et|y)\s")
_PLACE_OR_OUTLET = re.compile(r"\s(?:in|IN|for|FOR|at|AT|of|OF|from|FROM|with|WITH|reports?|REPORTS?)\s.*")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|PhD|Ph\.D|MD|M\.D)\.?", re.IGNORECASE)
ROLES = frozenset(
    """
    editor editors reporter reporters correspondent correspondents writer writers columnist columnists journalist journalists producer
    producers contributor contributors analyst critic critics photographer photographers director manager president fellow anchor presenter
    bureau desk staff team newsroom
    """.split()  # noqa: SIM905
)
_ROLE_KINDS = frozenset(
    """
    senior chief deputy associate assistant managing executive special foreign political politics national international world diplomatic
    defence defense security business economics economy health science environment sports sport legal crime education arts culture
    features news staff freelance contributing investigative data social media digital home affairs city local video
    """.split()  # noqa: SIM905
)
_NOBODY = frozenset(
    """
    staff admin administrator editor editors editorial newsroom news desk team agency agencies bureau reporter reporters correspondent
    correspondents webmaster guest author username user unknown anonymous contributor contributors redaktion wire wires press service
    online website web network media group subscribe follow share comments read view all profile posts more about
    """.split()  # noqa: SIM905
)
_OUTLETS = frozenset(
    "times post gazette herald tribune journal echo daily telegraph guardian mail press courier chronicle observer standard tv radio".split()  # noqa: SIM905
)
_AGENCIES = frozenset(
    (
        "reuters",
        "thomson reuters",
        "afp",
        "agence france presse",
        "ap",
        "associated press",
        "the associated press",
        "dpa",
        "pa media",
        "tass",
    )
)
_PARTICLES = frozenset("van von der den de del della di da dos du la le el al bin ibn ten ter zu af y e d".split())  # noqa: SIM905


def author_names(text: str, outlet: str = "") -> tuple[str, ...]:
    """The people named in a byline or an author element, without roles or anything else in it."""
    text = _HANDLES.sub(" ", _TAGS.sub(" ", unescape(text[: 10 * MAX_LABEL])))
    if folded(text) in _outlets(outlet):
        return ()
    text = _REST.sub("", _PREFIX.sub("", " ".join(_BRACKETS.sub(" ", text).split())))
    parts = [part.strip(" .:()[]\t*") if not re.search(r"\b\w\.$|\bJr\.$|\bSr\.$", part) else part.strip() for part in _SPLIT.split(text)]
    parts = [_PLACE_OR_OUTLET.sub("", _PREFIX.sub("", part)).strip() for part in parts if part and not _SUFFIX.fullmatch(part)]
    if len(parts) == 2 and all(_is_lone(part) for part in parts):
        parts = [f"{parts[1]} {parts[0]}"]
    found: list[str] = []
    for part in parts:
        is_later = bool(found)
        name = _without_role(part, is_later=is_later)
        if _is_person(name, outlet) and not (is_later and _OUTLETS & set(folded(name).split())):
            found.append(name.title() if name.islower() else name)
    return tuple(found)


def distinct_names(found: Iterable[str]) -> tuple[str, ...]:
    """Each person once, preferring the longer form and the one not in capitals."""
    kept: dict[str, str] = {}
    for name in found:
        key = " ".join(word for word in folded(name).split() if len(word) > 1) or folded(name)
        other = kept.get(key)
        if other is None or (other.isupper() and not name.isupper()) or (len(name) > len(other) and name.isupper() == other.isupper()):
            kept[key] = name
        if len(kept) >= MAX_AUTHORS:
            break
    return tuple(kept.values())


def _without_role(part: str, *, is_later: bool) -> str:
    """“Pia Holt Ports Editor” is Pia Holt; after the first part of a byline, a part with a role is only a role."""
    words = part.split()
    at = next((place for place, word in enumerate(words) if word.casefold().strip(".,") in ROLES), len(words))
    if at == len(words):
        return part
    if is_later:
        return ""
    words, role = words[:at], words[at]
    is_sure = any(word.casefold() in _ROLE_KINDS for word in (role, *words[-1:]))
    while words and words[-1].casefold() in _ROLE_KINDS:
        words.pop()
    return " ".join(words if is_sure else _given_and_family(words))


def _given_and_family(words: list[str]) -> list[str]:
    """The first name, initials and particles, and one more word."""
    for place, word in enumerate(words[1:], 1):
        if len(word.strip(".")) > 1 and word.casefold() not in _PARTICLES:
            return words[: place + 1]
    return words


def _is_lone(part: str) -> bool:
    return " " not in part and part[:1].isupper() and folded(part) not in _NOBODY | _AGENCIES and not part.isupper()


def _is_person(name: str, outlet: str) -> bool:
    words = name.split()
    key = folded(name)
    if not words or len(name) > 80 or key in _outlets(outlet) | _AGENCIES or _NOBODY & set(key.split()):
        return False
    if not has_no_capitals(name):
        return (
            2 <= len(words) <= _MAX_WORDS and all(word[0].isalpha() for word in words) and any(len(word.strip(".")) > 1 for word in words)
        )
    return len(name) >= 2 and all(word[0].isalpha() for word in words) and len(words) <= _MAX_WORDS


def has_no_capitals(name: str) -> bool:
    """Whether a name is in a script without capitals, where names may be one word."""
    return not name.isascii() and not any(character.isupper() for character in name)


def _outlets(outlet: str) -> frozenset[str]:
    """The ways to write an outlet."""
    key = folded(outlet)
    return frozenset((key, f"the {key}", key.removeprefix("the "))) if key else frozenset()
