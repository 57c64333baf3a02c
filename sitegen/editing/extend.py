"""What stands gets more: an account joins an entry's or a draft's list, spellings and coordinates join a name's file.

Text in, text out. Nothing that is there changes, to the byte, but for the list's own brackets where it is empty: []. What was written is
read back before it counts; a file that can't be extended so is left alone, and a note says what to add by hand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace

from sitegen.content.parse import Parsed, parse_file
from sitegen.content.read import Source
from sitegen.content.yaml_nodes import FrontMatterError
from sitegen.editing.insertion import FrontMatterLines, ListItem, with_items, with_keys
from sitegen.editing.yaml_writer import YamlValue, front_matter
from sitegen.model import Account, Entry, Person, Place
from sitegen.problems import Problem, Spot, note
from sitegen.text.spellings import name_key


def with_accounts(file: str, text: str, accounts: Sequence[Mapping[str, YamlValue]]) -> str | Problem:
    """The entry or draft with these accounts, {article, passages}, too; those of reports that it has an account of are left out."""
    before = _parsed(file, text)
    entry = before.fact
    told = entry.accounts if isinstance(entry, Entry) else ()
    known = {one.article.text for one in told if isinstance(one, Account)}
    new = [account for account in accounts if account["article"] not in known]
    articles = " and ".join(str(account["article"]) for account in new)
    hint = f"write an account of {articles} yourself, each account with a dash on a line of its own"
    if not isinstance(entry, Entry):
        return _refusal(file, text, "accounts", hint)
    if not new:
        return text
    alone = _parsed(file, front_matter({"title": "x", "date": "2000", "accounts": new})).fact
    added = alone.accounts if isinstance(alone, Entry) else ()

    def is_extended(fact: object) -> bool:
        return (
            isinstance(fact, Entry)
            and _without_spots(fact.accounts) == _without_spots((*told, *added))
            and _without_spots(replace(fact, accounts=(), note=())) == _without_spots(replace(entry, accounts=(), note=()))
        )

    return _extended(file, text, before, "accounts", new, is_extended, in_brackets=False) or _refusal(file, text, "accounts", hint)


def with_spellings(file: str, text: str, spellings: Iterable[ListItem]) -> str | Problem:
    """The person or place with the spellings that its file doesn't have; names, or {name, outlet, language}."""
    before = _parsed(file, text)
    fact = before.fact
    wanted = list(spellings)
    hint = "write the spellings yourself: " + ", ".join(map(_spelled, wanted))
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
        is_kept = _without_spots(found.spellings[: len(fact.spellings)]) == _without_spots(fact.spellings)
        rest = _without_spots(replace(found, spellings=())) == _without_spots(replace(fact, spellings=()))
        return is_kept and rest and have[len(fact.spellings) :] == list(map(_spelled, new))

    return _extended(file, text, before, "spellings", new, is_extended, in_brackets=True) or _refusal(file, text, "spellings", hint)


def with_coordinates(file: str, text: str, latitude: float, longitude: float) -> str | Problem:
    """The place with its coordinates; as it is where its file tells some."""
    before = _parsed(file, text)
    fact = before.fact
    new = {"latitude": f"{latitude:.4f}", "longitude": f"{longitude:.4f}"}
    hint = "write them yourself: " + ", ".join(f"{key}: {value}" for key, value in new.items())
    if not isinstance(fact, Place):
        return _refusal(file, text, "latitude", hint)
    if fact.latitude is not None:
        return text
    written = with_keys(FrontMatterLines(text), new)
    after = _parsed(file, written)
    wanted = replace(fact, latitude=float(new["latitude"]), longitude=float(new["longitude"]))
    is_right = _is_no_worse(before, after) and _without_spots(after.fact) == _without_spots(wanted)
    return written if is_right else _refusal(file, text, "latitude", hint)


def _extended(
    file: str, text: str, before: Parsed, key: str, items: Sequence[ListItem], is_extended: Callable[[object], bool], *, in_brackets: bool
) -> str | None:
    """The text with the items, if it reads back as it should."""
    written = with_items(FrontMatterLines(text), key, items, in_brackets=in_brackets)
    after = _parsed(file, written) if written is not None else None
    return written if after and is_extended(after.fact) and _is_no_worse(before, after) else None


def _is_no_worse(before: Parsed, after: Parsed) -> bool:
    """Whether the body is the same, and no problem is new."""
    told = {(found.severity, found.message) for found in before.problems}
    is_same_body = _without_spots(before.body) == _without_spots(after.body)
    return is_same_body and all((found.severity, found.message) in told for found in after.problems)


def _parsed(file: str, text: str) -> Parsed:
    return parse_file(Source(file, file.split("/")[1], text.encode()))


def _spelled(spelling: ListItem) -> str:
    return spelling if isinstance(spelling, str) else str(spelling["name"])


def _without_spots(value: object) -> object:
    """What is told, wherever in the file it stands."""
    if isinstance(value, Spot):
        return None
    if is_dataclass(value):
        return type(value), tuple(_without_spots(getattr(value, one.name)) for one in fields(value))
    return tuple(map(_without_spots, value)) if isinstance(value, tuple) else value


def _refusal(file: str, text: str, key: str, hint: str) -> Problem:
    return note(file, _spot(text, key), f"this file can’t be extended: its {key} are not written in a way that takes more", hint)


def _spot(text: str, key: str) -> Spot:
    try:
        found = FrontMatterLines(text).node(key)
    except FrontMatterError as error:
        return error.spot
    return Spot(found[0].start_mark.line + 1, found[0].start_mark.column + 1) if found else Spot()
