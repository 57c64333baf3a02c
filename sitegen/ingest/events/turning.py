"""A date that was read against its clause's tense: “will stay closed on Friday” is the Friday to come, whatever stood around it."""

import datetime
import re
from dataclasses import replace

from sitegen.dates import Date, parse
from sitegen.ingest.events.lexicon import BE_THEN, HAVE_THEN, MONTHS, SCHEDULED, WEEKDAYS
from sitegen.ingest.events.told import Told
from sitegen.ingest.events.verbs import Verb
from sitegen.ingest.events.words import Words

_FIXED = frozenset(["last", "next", "this", "past", "previous", "following", "ago", "earlier", "later"])
_WEEK = datetime.timedelta(days=7)


def turned(words: Words, date: Told, verb: Verb | None, published: datetime.date) -> Told:
    """The date as the tense has it: a weekday or a month without its year moves by one; what says its own direction stays."""
    earliest, latest = date.when.earliest, date.when.latest
    if verb is None or earliest is None or latest is None:
        return date
    is_past = verb.tense in ("past", "perfect", "pluperfect")
    is_future = verb.tense == "future" and words.lower[verb.first] not in BE_THEN | HAVE_THEN
    is_future = is_future or (verb.tense == "present" and words.lower[verb.head] in SCHEDULED)
    is_planned = verb.tense == "future" and not is_future
    if is_planned and earliest > published:
        return _nearer(words, date, published)
    if not (is_past and earliest > published) and not (is_future and latest < published):
        return date
    when = _moved(date.when, _unit(words, date), 1 if is_future else -1)
    if when is None or when.earliest is None or (when.earliest > published) is not is_future:
        return date
    return replace(date, when=when, why=_told_so(date.why, is_future))


def _nearer(words: Words, date: Told, published: datetime.date) -> Told:
    """“was due to arrive on April 2” lies on either side of the publication: the nearer."""
    when = _moved(date.when, _unit(words, date), -1)
    if when is None or when.latest is None or date.when.earliest is None:
        return date
    is_nearer = published - when.latest < date.when.earliest - published
    return replace(date, when=when, why=_told_so(date.why, is_future=False)) if is_nearer else date


def _unit(words: Words, date: Told) -> str:
    """What a date can move by: a week for a weekday alone, a year for a month or a day of one."""
    spelled = words.lower[date.first : date.last]
    around = {words.lower[date.first - 1] if date.first else "", *spelled}
    if around & _FIXED or any(len(word) == 4 and word.isdigit() for word in spelled):
        return ""
    has_month = any(word.removesuffix("'s") in MONTHS for word in spelled)
    if any(word.removesuffix("'s") in WEEKDAYS for word in spelled):
        return "" if has_month else "week"
    return "year" if has_month else ""


def _moved(when: Date, unit: str, by: int) -> Date | None:
    if unit == "week" and when.shape == "day" and when.earliest:
        return parse((when.earliest + by * _WEEK).isoformat())
    if unit == "year" and when.shape in ("day", "month") and when.earliest and when.edtf[5:10] != "02-29":
        return parse(f"{when.earliest.year + by:04}{when.edtf[4:]}")
    return None


def _told_so(why: str, is_future: bool) -> str:
    """“on Friday” before Thursday … becomes “on Friday” after Thursday …."""
    quoted, mark, rest = why.rpartition("”")
    return quoted + mark + re.sub(r"^ (?:before|after|near)\b", " after" if is_future else " before", rest)
