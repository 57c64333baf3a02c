"""Recognise an outlet’s corrections of its own report: notes, and marks of news agencies in titles. They are not events."""

import re

_BECAUSE = r"(?:(?:because of|due to|owing to|through) [^,.]{3,60}, )?"
_REPORT = r"(?:this|our) (?:[\w’'-]+ ){0,3}?(?:article|story|report|post|piece|page|headline|item|version|dispatch|copy)"
_HEADED = rf"(?:(?:the|an?) (?:headline|standfirst|subheading|caption|photo caption|map|chart|graphic) (?:of|on|to|in|for|with) )?{_REPORT}"
_EARLIER = (
    r"(?:an?|the|our) (?:earlier|previous|prior|original|initial|first) (?:[\w’'-]+ )?version of "
    rf"(?:{_REPORT}|the (?:article|story|headline|post|caption))"
)
_CHANGED = r"(?:amended|corrected|updated|clarified|changed|edited|revised|modified)"
_LABEL = (
    r"(?:correction|corrections|clarification|clarifications|corrected|erratum|editor[’']?s[’']? note|editors[’']? note|correction notice"
    r"|corrections? (?:and|&) clarifications?|correction to this (?:article|story|report))"
)
_LABELLED = re.compile(
    rf"{_LABEL}(?: ?[(\[][^)\]]{{1,40}}[)\]]| ?,? ?(?:on )?[A-Za-z]+\.? \d{{1,2}}(?:,? \d{{4}})?| ?,? ?\d{{1,2}} [A-Za-z]+\.?(?: \d{{4}})?)? ?(?::|\s[–—-]\s|—).*",
    re.IGNORECASE | re.DOTALL,
)
_ALONE = re.compile(rf"{_LABEL}:?", re.IGNORECASE)
_NOTE = re.compile(
    rf"{_BECAUSE}(?:{_EARLIER}\b"
    rf"|{_HEADED} (?:(?:from|of|published on) [^.]{{3,30}})?(?:was|has been|is) (?:[a-z]+ly )?{_CHANGED}\b"
    rf"|{_REPORT} (?:originally |previously |incorrectly |wrongly |mistakenly )+(?:said|stated|reported|gave|named|referred)\b"
    rf"|\(?this [\w .]{{3,20}} (?:story|article|report) (?:has been|was) (?:[a-z]+ly )?{_CHANGED}\b"
    rf"|this (?:version|story|article|report) (?:corrects|has corrected|clarifies)\b"
    rf"|(?:corrects|corrected|fixes|clarifies)(?: (?:the|a))? [^.]{{2,80}}\b(?:paragraphs?|headline|graf|lead|lede|typo|spelling|byline|attribution|dateline)\b)",
    re.IGNORECASE | re.DOTALL,
)
_CHANGE_ALONE = re.compile(rf"{_CHANGED} (?:on |at |to )[^.]{{3,120}}\.?", re.IGNORECASE)
_TITLE_MARK = re.compile(
    r"(?:(?:CORRECTED|CORRECTION|REFILE|RPT|REPEAT|UPDATE \d+|WRAPUP \d+|CLARIFICATION|ADVISORY|RECAST|Corrected|Correction|Clarification)"
    r"(?:\s?[-–—:]\s?|(?= (?:UPDATE|REFILE)\b) ))+"
)
_TITLE_SLUG = re.compile(
    r"\s*[(\[](?:(?:official )?corrects?|corrected|corrects and|refiles?|removes? (?:extraneous|garble|typo)|fixes|clarifies|repeats?|adds|updates)\b[^()\[\]]*[)\]]\s*$",
    re.IGNORECASE,
)
_CORRECTS = re.compile(r"correct|clarif|refile|amend|fix", re.IGNORECASE)
_MAX_NOTE = 1500  # characters


def without_title_marks(title: str) -> tuple[str, tuple[str, ...]]:
    """The title without an agency’s marks, and the marks that announce a correction: “CORRECTED-UPDATE 2-Two hurt (corrects day)”."""
    marks: list[str] = []
    if mark := _TITLE_MARK.match(title):
        marks.append(mark[0].strip(" -–—:"))
        title = title[mark.end() :]
    if slug := _TITLE_SLUG.search(title):
        marks.append(slug[0].strip())
        title = title[: slug.start()]
    return title, tuple(text for text in marks if _CORRECTS.search(text))


def without_corrections(paragraphs: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs without correction notes, and the notes. At least one paragraph is kept."""
    own: list[str] = []
    notes: list[str] = []
    is_label = False
    for paragraph in paragraphs:
        if is_label or is_correction(paragraph):
            notes.append(paragraph)
            is_label = not is_label and _ALONE.fullmatch(_bare(paragraph)) is not None
        else:
            own.append(paragraph)
    return (tuple(own), tuple(notes)) if own else (paragraphs, ())


def is_correction(paragraph: str) -> bool:
    """Whether the outlet corrects its own report here, rather than reporting on a correction."""
    text = _bare(paragraph)
    if len(text) > _MAX_NOTE:
        return False
    forms = (_LABELLED.fullmatch, _ALONE.fullmatch, _NOTE.match, _CHANGE_ALONE.fullmatch)
    return any(form(text) for form in forms)


def _bare(paragraph: str) -> str:
    return paragraph.strip("()[]*_•†‡—–- \n")
