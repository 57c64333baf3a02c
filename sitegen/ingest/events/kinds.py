"""Whether a dated clause tells what happened, what is to happen, what lies long back, or how things stand."""

import datetime
from dataclasses import replace

from sitegen.dates import Date
from sitegen.ingest.events.lexicon import ACCUSING, BE_THEN, HAVE_THEN, SCHEDULED
from sitegen.ingest.events.reads import Read
from sitegen.ingest.events.words import Words

_BACKGROUND_DAYS = 60


def with_kind(words: Words, read: Read, published: datetime.date) -> Read:
    verb = read.clause.verb
    if verb is not None and verb.tense == "future":
        is_over = read.when is not None and read.when.latest is not None and read.when.latest < published
        if is_over and words.lower[verb.first] in BE_THEN | HAVE_THEN:
            return read
        return replace(read, when=None, by="", kind="expected") if is_over else replace(read, kind="expected")
    if read.when and read.when.earliest and (read.when.earliest > published or _is_scheduled(words, read, published)):
        return replace(read, kind="expected")
    if verb is not None and words.lower[verb.head] in ACCUSING and read.by == "own":
        return replace(read, kind="background")
    if read.clause.link == "if" or verb is None or verb.tense == "conditional" or (verb.tense == "present" and not read.clause.says):
        return replace(read, kind="general")
    if read.when and read.when.latest and (published - read.when.latest).days > _BACKGROUND_DAYS:
        return replace(read, kind="background")
    return read


def _is_scheduled(words: Words, read: Read, published: datetime.date) -> bool:
    """“The shop opens on Friday”, read on that Friday."""
    verb = read.clause.verb
    is_today = read.by == "own" and read.when is not None and read.when.earliest == read.when.latest == published
    return is_today and verb is not None and verb.tense == "present" and words.lower[verb.head] in SCHEDULED


def is_back(when: Date | None, published: datetime.date) -> bool:
    return when is not None and when.latest is not None and (published - when.latest).days > _BACKGROUND_DAYS
