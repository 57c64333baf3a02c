"""Split a report into words with their offsets and what their place in the line says.

A word keeps its hyphens and apostrophes (O'Brien, al-Burhan, Kyiv-based) and the full stops of an abbreviation (U.S., Gen.); a
possessive 's is a separate word. A run is a span of words that can contain names: capitalised words and the connectors between them.

"""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?:https?://|www\.)\S+
    | [@\#]\w+
    | (?:[^\W\d_]\.){2,}(?:-[^\W_]+)*                                   # U.S., U.S.-led
    | (?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Adm|Sgt|Cpl|Rev|Sen|Rep|Gov|St|Ste|Mt|Ft|Jr|Sr|Brig|Cmdr|Hon|Insp|Supt|Amb|Pres|Pfc
        |Inc|Corp|Ltd|Co|Bros|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev
        |Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Ont|Que|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|vs|No)\.(?!\w)
    | [^\W\d_]\.(?=\s?[^\W\d_])                                         # an initial
    | \d+(?:[.,:/]\d+)*(?:[^\W\d_]+)?
    | [^\W_]+(?:(?:['’ʼ`](?![sS]\b)|-)[^\W_]+)*
    | ['’][sS]\b
    | \S""",
    re.VERBOSE,
)
_ENDS_SENTENCE = frozenset(".!?…")
_OPENS_QUOTE = frozenset("\"'“”‘’«»([{*•—–-")
_CONNECTORS = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "de",
        "la",
        "du",
        "des",
        "del",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "e",
        "y",
        "et",
        "und",
        "der",
        "den",
        "von",
        "van",
        "zu",
        "al",
        "el",
        "bin",
        "ben",
        "ibn",
        "bint",
        "le",
        "les",
        "to",
        "at",
        "ul",
        "ur",
        "af",
        "es",
        "an",
        "am",
        "upon",
        "sur",
        "i",
        "&",
    ]
)
_MAX_ROW = 120  # characters; a row of a table is short
_NAMED = r"[A-Z][^\d,;:()]*"
_ROWS = (
    ("score", re.compile(rf"{_NAMED} \d+ {_NAMED} \d+(?: \(.*| \.)?$")),
    ("standing", re.compile(rf"{_NAMED}(?: [.+-]?\d[\d.]*){{3}}")),
    ("fixture", re.compile(rf"{_NAMED} (?:AT|at|v|V|vs) {_NAMED}$")),
    ("ranking", re.compile(r"\d+ ?[.)]? (?:- |equal )?[A-Z].* \( ?[A-Z]")),
)
_MAX_BETWEEN = 3  # connectors in a row inside a name: “Department of the Interior”


@dataclass(frozen=True, slots=True)
class NameTokens:
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    opens: tuple[str, ...]
    "for each word: L at the start of a line, S at the start of a sentence, else empty"
    lines: tuple[str, ...]
    "for each word, the case of its line: U all capitals, T title case (a headline), D a short one without a full stop, else empty"
    tables: tuple[str, ...]
    "for each word, the kind of table its line is from: score, standing, fixture, ranking, or empty"
    bounds: tuple[tuple[int, int], ...]
    "for each word, its line’s first word and the one after its last"


def name_tokens(text: str) -> NameTokens:
    words: list[str] = []
    starts: list[int] = []
    opens: list[str] = []
    lines: list[str] = []
    tables: list[str] = []
    bounds: list[tuple[int, int]] = []
    begin = 0
    for line in text.splitlines(keepends=True):
        found = list(_TOKEN.finditer(text, begin, begin + len(line.rstrip())))
        here = [match[0] for match in found]
        bounds += [(len(words), len(words) + len(here))] * len(here)
        words += here
        starts += [match.start() for match in found]
        opens += _openings(here)
        lines += [_line_case(here)] * len(here)
        tables += [_table(line)] * len(here)
        begin += len(line)
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    return NameTokens(tuple(words), tuple(starts), tuple(ends), tuple(opens), tuple(lines), tuple(tables), tuple(bounds))


def runs(tokens: NameTokens) -> list[tuple[int, int]]:
    """Half-open spans of a line that can contain names; connectors count only between capitalised words."""
    words = tokens.words
    found: list[tuple[int, int]] = []
    start, end = -1, -1
    for index, word in enumerate(words):
        if may_be_name(word):
            if start >= tokens.bounds[index][0] and index - end <= _MAX_BETWEEN and all(w in _CONNECTORS for w in words[end:index]):
                end = index + 1
                continue
            if start >= 0:
                found.append((start, end))
            start, end = index, index + 1
    if start >= 0:
        found.append((start, end))
    return found


def may_be_name(word: str) -> bool:
    if word[0].isupper():
        return True
    return not word.islower() and word[0] not in "@#" and any(map(str.isupper, word)) and not word.startswith(("http", "www."))


def _openings(words: list[str]) -> list[str]:
    openings = []
    mark = "L"
    for word in words:
        openings.append(mark)
        if word in _ENDS_SENTENCE:
            mark = "S"
        elif not (mark and word in _OPENS_QUOTE):
            mark = ""
    return openings


def _line_case(words: list[str]) -> str:
    letters = [word for word in words if word[0].isalpha() and len(word) > 1]
    if not letters:
        return ""
    if sum(map(str.isupper, letters)) * 3 > len(letters) * 2:
        return "U"
    long = [word for word in letters if len(word) > 3]
    if len(long) > 3 and sum(word[0].isupper() for word in long) * 5 >= len(long) * 4:
        return "T"
    return "" if words[-1] in ".!?”\"':;" else "D"


def _table(line: str) -> str:
    if len(line) > _MAX_ROW:
        return ""
    row = line.strip()
    return next((name for name, pattern in _ROWS if pattern.match(row)), "")
