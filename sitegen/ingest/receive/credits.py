"""Recognise bylines at the beginning of a report and credits at either end, by their form: a role and names."""

import re

from sitegen import dates


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ROLE = (
    r"(?:(?:additional|further|extra)\s+)?"
    r"(?:reporting|writing|written|editing|edited|compiled|compiling|research|translation|translated|photography|photos?)"
)
_ROLES = re.compile(
    rf"(?:with\s+)?{_ROLE}(?:(?:,|\s+and|\s*&|,\s*and)\s+{_ROLE})*(?:\s+by\b|(?<=reporting)\s+from\b)|(?:photos?|reporting|editing|writing)\s*:",
    re.IGNORECASE,
)
_LOWER_IN_NAMES = _words(
    """
    and in of the at for from with de del della der den da di do dos du van von zu la le el al bin ibn bint y e i och und et
    bureau bureaus bureaux newsroom newsrooms staff desk team teams colleagues contributors correspondent correspondents
    agencies agency wires writer writers editor editors reporter reporters journalist journalists video photographer
    photographers producer producers researcher researchers freelance senior chief special foreign
    """
)
_CONTRIBUTED = re.compile(
    r"(?P<names>[^.!?;]{2,200}(?:\.[^.!?;]{1,60})*?)\s+(?:also\s+)?contributed\s+"
    r"(?:(?:additional\s+)?reporting|(?:reporting\s+)?to\s+(?:this|the)\s+(?:report|story|article|piece))(?:\s+from\s+[^.!?;]{2,80})?\.?",
)
_MADE = re.compile(
    r"(?:this|the) (?:story|article|report) (?:was|has been) (?:translated|edited|compiled|originally published|first published)"
    r" (?:by|from|in|on)\b[^.!?]{2,150}\.?|(?:this|the) (?:story|article) (?:was )?(?:originally|first) appeared (?:in|on)\b[^.!?]{2,150}\.?"
    r"|with (?:inputs?|files|reporting) (?:by|from)\b[^.!?]{2,150}\.?|sources?: [^.!?]{2,80}",
    re.IGNORECASE,
)
_AGENCIES = re.compile(
    r"(?:[—–-]+ ?)?\(?(?:reuters|afp|ap|dpa|pti|ani|xinhua|upi|tass|bloomberg)(?:[/, ]+(?:reuters|afp|ap|dpa|pti|ani))*\)?", re.IGNORECASE
)
_TRAILING_CREDIT = re.compile(r"(?<=\S)\s+(\([^()]{8,600}\))$")
_MAX_CREDIT = 600  # characters

_BYLINE = re.compile(r"(?:By|BY)\s+(\S.{2,115})")
_WHENCE = re.compile(r"\s(?:in|IN)\s[^,;|&]+?(?=\s(?:and|AND)\s|[,;|]|$)")
_NO_AUTHOR = _words(
    """
    press news staff writer writers correspondent editor reporter reporters times post bureau agency agencies reuters afp ap
    bbc cnn tv radio
    """
)
_NO_NAME = _words("the a an early late mid").union(word.casefold() for word in (*dates.WEEKDAYS, *dates.MONTHS))
"words that a line in “by” begins with, and no name"

DOTTED_END = re.compile(r"(?:\b[^\W\d_]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr)\.$")
"a full stop that does not end a sentence"


def authors(line: str) -> tuple[str, ...]:
    """The names in a byline, “By Jane Doe and John Roe, Example News”; none if the line is not a byline."""
    byline = _BYLINE.fullmatch(line)
    if not byline or line.endswith(("?", "!", ":")):
        return ()
    first, *others = (part.strip() for part in re.split(r"[,;|&]|\s(?:and|AND)\s", _WHENCE.sub("", byline[1])))
    if not _is_name(first):
        return ()
    return (first, *(part for part in others if _is_name(part) and not _has_newsroom(part)))


def is_credit(paragraph: str) -> bool:
    """Whether a paragraph only says who made the report."""
    text = paragraph.strip().strip("()[]*_—–- ").strip()
    if len(paragraph) > _MAX_CREDIT or not text:
        return False
    if _AGENCIES.fullmatch(paragraph.strip()) or _MADE.fullmatch(text):
        return True
    contributed = _CONTRIBUTED.fullmatch(text)
    if contributed:
        return _are_names(contributed["names"])
    return _ROLES.match(text) is not None and _are_names(_ROLES.sub(" ", text))


def trailing_credit(paragraph: str) -> str:
    """The credit in brackets at the end of a paragraph, “… for talks. (Reporting by Jane Doe)”, or an empty string."""
    found = _TRAILING_CREDIT.search(paragraph[-_MAX_CREDIT - 2 :])
    return found[1] if found and is_credit(found[1]) else ""


def _are_names(text: str) -> bool:
    words = re.findall(r"[^\W\d_][\w’'.-]*", text)
    return bool(words) and all(not word[0].islower() or word.casefold().rstrip(".") in _LOWER_IN_NAMES for word in words)


def _is_name(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5 or (words[0].casefold() in _NO_NAME and not _has_newsroom(text)):
        return False
    if text.endswith(".") and not DOTTED_END.search(text):
        return False
    return all(
        word[0].isalpha() and (not word[0].islower() or word in _LOWER_IN_NAMES or word.startswith(("al-", "el-", "d’", "d'")))
        for word in words
    )


def _has_newsroom(text: str) -> bool:
    return bool(_NO_AUTHOR & set(text.casefold().split()))
