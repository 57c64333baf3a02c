"""Read typed fields from front matter, with the spot of each value.

YAML's type guessing is off: every scalar is the text that the author wrote, and the reader of a field decides its type. Each mistake is reported,
and the other fields are still read.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from sitegen import dates
from sitegen.content import plain_yaml
from sitegen.content.nodes import FrontMatterError, Mapping, Node, Scalar, Sequence, spot_of
from sitegen.model import Word
from sitegen.problems import Problem, Spot, did_you_mean, problem
from sitegen.text.bidi import contained

Allowed = TypeVar("Allowed", bound=str)
_LETTER_FOR_LETTER = ("quote", "prefix", "suffix")
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(/[A-Za-z0-9/._~?&=%-]*)?")
_FENCE = re.compile(r"---[ \t]*")


@dataclass(frozen=True, slots=True)
class Split:
    """The two parts of a file."""

    yaml: str
    body: str
    body_line: int
    "line of the file where the body begins"


def split(text: str) -> Split:
    """Raises FrontMatterError."""
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        raise FrontMatterError("the front matter is missing", "start the file with a line ---, its keys, and another line ---")
    for number, line in enumerate(lines[1:], 1):
        if _FENCE.fullmatch(line):
            return Split("\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2)
    raise FrontMatterError("the front matter has no end", "end it with a line ---")


class Fields:
    """The keys of one mapping. Mistakes are added to *problems*, one list for the whole file."""

    def __init__(self, file: str, values: dict[str, Node], keys: dict[str, Scalar], spot: Spot, problems: list[Problem]) -> None:
        self.file, self.spot, self.problems = file, spot, problems
        self._values, self._keys = values, keys

    def expect(self, known: Collection[str]) -> None:
        """Report each key that isn't *known*."""
        for key, node in self._keys.items():
            if key not in known:
                self._add_problem(
                    spot_of(node), f"unknown key “{key}”", did_you_mean(key, known) or "the keys here are " + ", ".join(known)
                )

    def required_date(self, key: str, of: str) -> dates.Date | None:
        """Like `date`, but a missing key is reported."""
        if not self.has(key):
            self._add_problem(self.spot, f"“{key}” is missing", f"{of} needs a line “{key}: …”")
        return self.date(key)

    def has(self, key: str) -> bool:
        return key in self._values

    def spot_of(self, key: str) -> Spot:
        """The spot of a key's value, or of the mapping if the key is missing."""
        return spot_of(self._values[key]) if key in self._values else self.spot

    def word(self, key: str) -> Word | None:
        """Text with its spot; None if the key is missing, empty or invalid."""
        node = self._scalar(key)
        if node:
            self._expect_whole(node)
        return Word(_shown(key, node.text), spot_of(node), node.written) if node else None

    def text(self, key: str) -> str:
        word = self.word(key)
        return word.text if word else ""

    def identifier(self, key: str) -> Word | None:
        """Like `word`, for values without spaces and #, so that a comment may follow."""
        node = self._scalar(key)
        return Word(_shown(key, node.text), spot_of(node)) if node else None

    def required(self, key: str, of: str) -> Word | None:
        """Like `word`, but a missing key is reported."""
        if not self.has(key):
            self._add_problem(self.spot, f"“{key}” is missing", f"{of} needs a line “{key}: …”")
        return self.word(key)

    def words(self, key: str) -> tuple[Word, ...]:
        nodes = self._scalars(key)
        for node in nodes:
            self._expect_whole(node)
        return tuple(Word(node.text, spot_of(node)) for node in nodes)

    def identifiers(self, key: str) -> tuple[Word, ...]:
        """Like `words`, for the values that `identifier` reads."""
        return tuple(Word(node.text, spot_of(node)) for node in self._scalars(key))

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(word.text for word in self.words(key))

    def paragraphs(self, key: str) -> tuple[str, ...]:
        """One text or a list of texts."""
        if isinstance(self._values.get(key), Scalar):
            text = self.text(key)
            return (text,) if text else ()
        return self.texts(key)

    def choice(self, key: str, choices: tuple[Allowed, ...], default: Allowed) -> Allowed:
        word = self.identifier(key)
        if word is None:
            return default
        for choice in choices:
            if word.text == choice:
                return choice
        self._add_problem(
            word.spot, f"“{key}” can’t be “{word.text}”", did_you_mean(word.text, choices) or "choose one of " + ", ".join(choices)
        )
        return default

    def flag(self, key: str, default: bool) -> bool:
        word = self.identifier(key)
        if word is None or word.text in ("true", "false"):
            return word.text == "true" if word else default
        self._add_problem(word.spot, f"“{key}” must be true or false", f"write {key}: {'false' if default else 'true'}")
        return default

    def date(self, key: str) -> dates.Date | None:
        """A date in EDTF. YAML reads [2023-04-03..2023-04-07] as a list; here it is a date."""
        node = self._values.get(key)
        word = Word(text, spot_of(node)) if node and (text := _set(node)) else self.identifier(key)
        if word is None:
            return None
        try:
            return dates.parse(word.text)
        except dates.DateError as error:
            self._add_problem(word.spot, error.message, error.hint)
            return None

    def whole(self, key: str) -> int:
        word = self.identifier(key)
        if word is None or re.fullmatch(r"-?[0-9]{1,9}", word.text):
            return int(word.text) if word else 0
        self._add_problem(word.spot, f"“{key}” must be a whole number", f"for example, {key}: 2")
        return 0

    def degrees(self, key: str, limit: int) -> float | None:
        word = self.identifier(key)
        if word is None:
            return None
        if re.fullmatch(r"[-+]?[0-9]{1,3}(\.[0-9]+)?", word.text) and abs(float(word.text)) <= limit:
            return float(word.text)
        self._add_problem(word.spot, f"“{key}” must be a number of degrees from -{limit} to {limit}", f"for example, {key}: 48.59")
        return None

    def address(self, key: str) -> str:
        """A complete http(s) address."""
        word = self.identifier(key)
        if word is None or is_web_address(word.text):
            return word.text if word else ""
        self._add_problem(word.spot, f"“{key}” must be a web address", "start it with https:// or http://")
        return ""

    def mappings(self, key: str, first: str) -> tuple["Fields", ...]:
        """A list whose items have keys; hints name the key *first*."""
        node = self._values.get(key)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self._add_problem(spot_of(node), f"“{key}” must be a list", "start each item with a dash")
            return ()
        return tuple(fields for item in node.items if (fields := self._mapping(key, first, item)) is not None)

    def words_or_mappings(self, key: str, first: str) -> tuple["Word | Fields", ...]:
        """A list whose items are texts, or have keys; hints name the key *first*."""
        node = self._values.get(key)
        if not isinstance(node, Sequence):
            return self.words(key)
        items: list[Word | Fields] = []
        for item in node.items:
            if isinstance(item, Mapping):
                items.append(_fields(self.file, item, self.problems))
            elif (scalar := self._item(key, item)) is not None:
                self._expect_whole(scalar)
                items.append(Word(scalar.text, spot_of(scalar)))
        return tuple(items)

    def _scalar(self, key: str) -> Scalar | None:
        """A key's text; None if the key is missing, empty or invalid."""
        node = self._values.get(key)
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self._add_problem(spot_of(node), f"“{key}” must be text", f"write {key}: …, in quotation marks if it starts with [ or {{")
            return None
        if not _shown(key, node.text):
            if node.comment:
                self._expect_whole(node)
                return None
            self._add_problem(spot_of(self._keys[key]), f"“{key}” is empty", "give it a value or delete the line")
            return None
        return node

    def _scalars(self, key: str) -> tuple[Scalar, ...]:
        """The texts of a list."""
        node = self._values.get(key)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            example = f"write {key}: [{node.text}]" if isinstance(node, Scalar) and node.text else f"write {key}: […, …]"
            self._add_problem(spot_of(node), f"“{key}” must be a list", example)
            return ()
        return tuple(scalar for item in node.items if (scalar := self._item(key, item)) is not None)

    def _expect_whole(self, node: Scalar) -> None:
        """Report a text that a # cuts short: YAML reads “plant #4” without quotation marks as “plant”."""
        if node.comment:
            hint = "put the value in quotation marks; for a comment, write two spaces before the # and one after it"
            self._add_problem(node.comment, "the value ends here: YAML reads # and everything after it as a comment", hint)

    def _item(self, key: str, node: Node) -> Scalar | None:
        if isinstance(node, Scalar) and (text := _shown(key, node.text)):
            return node if text is node.text else node._replace(text=text)
        self._add_problem(spot_of(node), f"“{key}” must be a list of plain text", "write each item as plain text, and leave none empty")
        return None

    def _mapping(self, key: str, first: str, node: Node) -> "Fields | None":
        if isinstance(node, Mapping):
            return _fields(self.file, node, self.problems)
        self._add_problem(spot_of(node), f"each item of “{key}” needs keys of its own", f"write - {first}: …")
        return None

    def _add_problem(self, spot: Spot, message: str, hint: str = "") -> None:
        found = problem(self.file, spot, message, hint)
        if found not in self.problems:  # some keys are read twice
            self.problems.append(found)


def parse(file: str, text: str, problems: list[Problem]) -> Fields:
    """The fields of front matter that begins on the file's second line. Mistakes are added to *problems*.

    Raises FrontMatterError if nothing can be read.
    """
    root = plain_yaml.read(text) or _unusual(text)
    if root is None:
        return Fields(file, {}, {}, Spot(), problems)
    if not isinstance(root, Mapping):
        raise FrontMatterError("the front matter needs keys with values", "write title: …", spot_of(root))
    fields = _fields(file, root, problems)
    fields.spot = Spot()
    return fields


def _unusual(text: str) -> Node | None:
    from sitegen.content import yaml_nodes  # slow to import, and few files need it

    return yaml_nodes.read(text)


def is_web_address(text: str) -> bool:
    if _PLAIN_ADDRESS.fullmatch(text):
        return True
    try:
        parts = urlsplit(text)
    except ValueError:  # an IPv6 address that isn't closed
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s<>\"]", text)


def _fields(file: str, mapping: Mapping, problems: list[Problem]) -> Fields:
    values: dict[str, Node] = {}
    keys: dict[str, Scalar] = {}
    for key, value in mapping.pairs:
        if not isinstance(key, Scalar) or not key.text:
            problems.append(problem(file, spot_of(key), "a key must be a plain word", "write title: …"))
        elif key.text in values:
            hint = f"it is already on line {keys[key.text].line}; delete one of the two"
            problems.append(problem(file, spot_of(key), f"“{key.text}” is set twice", hint))
        else:
            values[key.text], keys[key.text] = value, key
    return Fields(file, values, keys, spot_of(mapping), problems)


def _shown(key: str, text: str) -> str:
    """*text* with its bidi controls contained, except in keys that are searched for in a capture."""
    return text if text.isascii() or key in _LETTER_FOR_LETTER else contained(text)


def _set(node: Node) -> str:
    """A list of texts as the author wrote it, such as [2023-04-03..2023-04-07]; empty for other nodes."""
    texts = [item.text for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []
    return f"[{', '.join(texts)}]" if isinstance(node, Sequence) and len(texts) == len(node.items) else ""
