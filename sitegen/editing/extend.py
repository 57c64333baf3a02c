"""Extend the text of existing files: accounts in entries and drafts, spellings and coordinates in people and places.

Every byte that is there stays, except for the brackets of an empty list: []. The result is parsed before it is returned; if a file can't be
extended, the caller gets a note that says what to add by hand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace

from sitegen.content.parse import ParsedSource, parse_file
from sitegen.content.read import Source
from sitegen.content.yaml_nodes import FrontMatterError
from sitegen.editing.insertion import FrontMatterLines, ListItem, with_items, with_keys
from sitegen.editing.yaml_writer import YamlValue, front_matter
from sitegen.model import Account, Entry, Person, Place
from sitegen.problems import Problem, Spot, note
from sitegen.text.spellings import name_key


def with_accounts(file: str, text: str, accounts: Sequence[Mapping[str, YamlValue]]) -> str | Problem:
    """Add accounts, {article, passages}, to an entry or draft, except those of reports that it already has an account of."""
    before = _parsed(file, text)
    entry = before.fact
    old = entry.accounts if isinstance(entry, Entry) else ()
    known = {one.article.text for one in old if isinstance(one, Account)}
    new = [account for account in accounts if account["article"] not in known]
    articles = " and ".join(str(account["article"]) for account in new)
    hint = f"add an account of {articles} yourself, each account on its own lines, the first with a dash"
    if not isinstance(entry, Entry):
        return _refusal(file, text, "accounts", hint)
    if not new:
        return text
    alone = _parsed(file, front_matter({"title": "x", "date": "2000", "accounts": new})).fact
    added = alone.accounts if isinstance(alone, Entry) else ()

    def is_extended(fact: object) -> bool:
        return (
            isinstance(fact, Entry)
            and _without_positions(fact.accounts) == _without_positions((*old, *added))
            and _without_positions(replace(fact, accounts=(), note=())) == _without_positions(replace(entry, accounts=(), note=()))
        )

    return _extended(file, text, before, "accounts", new, is_extended, in_brackets=False) or _refusal(file, text, "accounts", hint)


def with_spellings(file: str, text: str, spellings: Iterable[ListItem]) -> str | Problem:
    """Add spellings, strings or {name, outlet, language}, to a person or place, except those that its file already has."""
    before = _parsed(file, text)
    fact = before.fact
    wanted = list(spellings)
    hint = "add the spellings yourself: " + ", ".join(map(_spelled, wanted))
    if not isinstance(fact, (Person, Place)):
        return _refusal(file, text, "spellings", hint)
    known = {name_key(word.text) for word in (fact.name, *(spelling.name for spelling in fact.spellings))}
    new = list({name_key(_spelled(one)): one for one in reversed(wanted) if name_key(_spelled(one)) not in known}.values())[::-1]
    if not new:
        return text

    def is_extended(found: object) -> bool:
        if not isinstance(found, (Person, Place)):
            return False
        have = [spelling.name.text for spelling in found.spellings]
        is_kept = _without_positions(found.spellings[: len(fact.spellings)]) == _without_positions(fact.spellings)
        rest = _without_positions(replace(found, spellings=())) == _without_positions(replace(fact, spellings=()))
        return is_kept and rest and have[len(fact.spellings) :] == list(map(_spelled, new))

    return _extended(file, text, before, "spellings", new, is_extended, in_brackets=True) or _refusal(file, text, "spellings", hint)


def with_coordinates(file: str, text: str, latitude: float, longitude: float) -> str | Problem:
    """Add coordinates to a place that has none."""
    before = _parsed(file, text)
    fact = before.fact
    new = {"latitude": f"{latitude:.4f}", "longitude": f"{longitude:.4f}"}
    hint = "add the coordinates yourself: " + ", ".join(f"{key}: {value}" for key, value in new.items())
    if not isinstance(fact, Place):
        return _refusal(file, text, "latitude", hint)
    if fact.latitude is not None:
        return text
    written = with_keys(FrontMatterLines(text), new)
    after = _parsed(file, written)
    wanted = replace(fact, latitude=float(new["latitude"]), longitude=float(new["longitude"]))
    is_right = _is_no_worse(before, after) and _without_positions(after.fact) == _without_positions(wanted)
    return written if is_right else _refusal(file, text, "latitude", hint)


def _extended(
    file: str,
    text: str,
    before: ParsedSource,
    key: str,
    items: Sequence[ListItem],
    is_extended: Callable[[object], bool],
    *,
    in_brackets: bool,
) -> str | None:
    """Return the text with the items, or None if it doesn't read back as expected."""
    written = with_items(FrontMatterLines(text), key, items, in_brackets=in_brackets)
    after = _parsed(file, written) if written is not None else None
    return written if after and is_extended(after.fact) and _is_no_worse(before, after) else None


def _is_no_worse(before: ParsedSource, after: ParsedSource) -> bool:
    """Return whether the body is the same and no problem is new, wherever in the file it is."""
    old = {replace(found, line=1, column=1, hint="") for found in before.problems}
    is_same_body = _without_positions(before.body) == _without_positions(after.body)
    return is_same_body and all(replace(found, line=1, column=1, hint="") in old for found in after.problems)


def _parsed(file: str, text: str) -> ParsedSource:
    return parse_file(Source(file, file.split("/")[1], text.encode()))


def _spelled(spelling: ListItem) -> str:
    return spelling if isinstance(spelling, str) else str(spelling["name"])


def _without_positions(value: object) -> object:
    """Return the value without its positions in the file."""
    if isinstance(value, Spot):
        return None
    if is_dataclass(value):
        return type(value), tuple(_without_positions(getattr(value, one.name)) for one in fields(value))
    return tuple(map(_without_positions, value)) if isinstance(value, tuple) else value


def _refusal(file: str, text: str, key: str, hint: str) -> Problem:
    return note(file, _spot(text, key), f"sitegen can’t extend “{key}” in this file because of the way it is written", hint)


def _spot(text: str, key: str) -> Spot:
    try:
        found = FrontMatterLines(text).node(key)
    except FrontMatterError as error:
        return error.spot
    return Spot(found[0].start_mark.line + 1, found[0].start_mark.column + 1) if found else Spot()
