"""Find the credits in a report: bylines, “Reporting by …”, picture credits. People named there are not part of the story."""

import re

_WORK = r"(?:report(?:ing|ed)|writ(?:ing|ten)|edit(?:ing|ed)|compil(?:ing|ed)|translat(?:ing|ed|ion)|photo(?:graph)?(?:s|y)?|pictures?|graphics?|research|produc(?:ing|ed)|video)"
_CREDIT = re.compile(
    rf"""\(\s*(?:additional\s+|further\s+|extra\s+|with\s+)?{_WORK}(?:\s*(?:,|and|&)\s*{_WORK})*\s+by\b[^)\n]*\)?   # (Reporting by …)
    | ^[ \t]*(?:additional\s+|further\s+|extra\s+)?{_WORK}(?:\s*(?:,|and|&)\s*{_WORK})*\s+by\b:?[^\n]*            # Editing by …
    | ^[ \t]*(?:by|BY)[ \t]+[A-Z][^\n.!?]{{2,80}}$                                                                # By NAME, outlet
    | ^[ \t]*(?:photo|picture|image|credit)s?(?:\s+credit)?\s*:[^\n]*""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_BYLINE = re.compile(r"\s*by\s", re.IGNORECASE)


def credit_lines(text: str) -> list[tuple[int, int]]:
    """Half-open spans that say who reported, wrote, edited or photographed."""
    return [match.span() for match in _CREDIT.finditer(text) if not _is_prose(match[0])]


def _is_prose(words: str) -> bool:
    """Whether what begins like a byline is a sentence: “By Friday the town had fallen”."""
    names = [word for word in words.split()[1:] if word[:1].isalpha()]
    return bool(_BYLINE.match(words)) and sum(word.islower() for word in names) * 3 > len(names)
