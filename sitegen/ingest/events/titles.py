"""A title of the report's own words: a short sentence, without the date that stands beside it, and never shorter than its meaning."""

import re
from collections.abc import Iterable, Iterator, Sequence

from sitegen.ingest.events.lexicon import BETWEEN, DETERMINERS, JOINERS, POSSESSIVES, PREPOSITIONS, PRONOUNS, TELLERS
from sitegen.ingest.events.reads import Read
from sitegen.ingest.events.referents import is_plural
from sitegen.ingest.events.shortening import WISHED, aside, cut, dated, spelled, surname, without_insertions, without_role
from sitegen.ingest.events.speakers import Mention, subject
from sitegen.ingest.events.told import Told
from sitegen.ingest.events.verbs import Verb, is_participle
from sitegen.ingest.events.words import Words

_LONGEST = 118  # characters, where a shorter one would say something else
_LINKING = PREPOSITIONS | frozenset(["and", "&"])


def title(
    words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int], dates: Sequence[Told], names: Sequence[Mention], speaker: str
) -> str:
    """A sentence for what a clause tells; *span* is what is quoted of it."""
    clause = sentence[place].clause
    if clause.link in ("after", "before", "when") and clause.parent >= 0 and clause.verb and not clause.verb.is_finite:
        before = next((number for number in range(place) if sentence[number].clause.last == clause.first), clause.parent)
        above = sentence[before].clause
        first = sentence[above.parent].clause.first if above.link == "relative" else above.first
        return title(words, sentence, before, (min(first, span[0]), span[1]), dates, names, speaker)
    quoted = _quotation(words, sentence, span, speaker, names)
    if 0 < len(quoted) <= _LONGEST:
        return quoted
    content, credit = _content(words, sentence, place, span, speaker, names)
    dropped = dated(words, sentence[place], (min([*content, span[0]]), span[1]), dates) | aside(words, sentence, place, span)
    if turned := _turned(words, sentence, place, span, dropped):
        return _finished(turned)
    if folded := _folded(words, sentence[place], span, dropped):
        return _finished(folded)
    kept = [index for index in content if index not in dropped] or list(range(*span))
    kept = _behind_occasion(words, sentence[place], kept)
    shortest = kept
    for bound, row in _shorter(words, sentence, place, kept, len(credit), names):
        if len(text := spelled(words, row) + credit) <= bound:
            return _finished(text)
        shortest = min(shortest, row, key=len)
    return _finished(_about(words, sentence, place, span, names, speaker) or _ellipsis(spelled(words, shortest)))


def _shorter(
    words: Words, sentence: Sequence[Read], place: int, kept: list[int], spared: int, names: Sequence[Mention]
) -> Iterator[tuple[int, list[int]]]:
    """Ever shorter rows, each with the length that it must have: first what says all in few characters."""
    verb = sentence[place].clause.verb
    core = verb.head if verb else (kept or [0])[0]
    bare = without_insertions(words, kept, core)
    rows = [kept] if bare == kept else [kept, bare]
    versions = [version for row in rows for version in (row, without_role(words, row, names), surname(words, row, names))]
    versions = [version for number, version in enumerate(versions) if version not in versions[:number]]
    yield from ((WISHED, version) for version in versions)
    phrases = [cut(words, sentence, version, spared, core) for version in versions]
    yield from ((WISHED, version) for version in phrases)
    yield from ((_LONGEST, version) for version in (*reversed(versions), *phrases))


def _behind_occasion(words: Words, read: Read, kept: list[int]) -> list[int]:
    """“In a statement, the company said …” as “The company said …”."""
    if not read.clause.says or [words.lower[index] for index in kept[:1]] != ["in"]:
        return kept
    comma = next((place for place, index in enumerate(kept[:6]) if words.lower[index] == ","), -1)
    return kept[comma + 1 :] if comma > 1 and words.lower[kept[1]] in DETERMINERS else kept


def _quotation(words: Words, sentence: Sequence[Read], span: tuple[int, int], speaker: str, names: Sequence[Mention]) -> str:
    """“The army: “We will not negotiate””, for a quotation that stands alone."""
    behind = next((read.clause for read in sentence if read.clause.link == "speaker" and read.clause.first >= span[0]), None)
    if not speaker or behind is None or words.lower[span[0]] not in ('"', "“", "``"):
        return ""
    said = words.text[words.starts[span[0] + 1] : words.ends[behind.first - 1]].rstrip("”\"', .")
    text = f"{_finished(_short(words, speaker, names))}: “{said}”"
    return text if not set('“”"') & set(said) else ""


def _content(
    words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int], speaker: str, names: Sequence[Mention]
) -> tuple[list[int], str]:
    """The words of the sentence that tell it, and what gives it to its speaker: “, police said”."""
    behind = next((read.clause for read in sentence if read.clause.link == "speaker" and read.clause.first >= span[0]), None)
    clause = sentence[place].clause
    first, last = span
    if behind and (clause.link == "speaker" or behind.last <= last + 1):
        if words.quoted[first] or words.lower[first] in ('"', "“", "``"):
            return list(range(behind.first, last)), ""
        last = min(last, behind.first)
    is_credited = clause.link == "speaker" or not clause.says
    is_credited = is_credited and (behind is not None or (clause.link == "said" and sentence[clause.parent].clause.first < first))
    credit = f", {_short(words, speaker, names)} said" if speaker and is_credited else ""
    kept = _with_subject(words, sentence, place, (first, last))
    return kept, "" if kept and kept[0] < first else credit


def _short(words: Words, speaker: str, names: Sequence[Mention]) -> str:
    """“Authorities in the occupied areas” as “authorities”; a person without the role."""
    people = [words.text[mention.start : mention.end] for mention in names if mention.kind == "person"]
    if person := next((person for person in people if _ends_with_name(speaker, person)), ""):
        return person
    parts = speaker.split()
    end = next((number for number, part in enumerate(parts) if number and part in PREPOSITIONS), len(parts))
    short = " ".join(parts[:end])
    is_common = parts[0].lower() in DETERMINERS | TELLERS or re.search(rf"\b{re.escape(parts[0].lower())}\b", words.text) is not None
    return short[:1].lower() + short[1:] if is_common else short


def _ends_with_name(speaker: str, person: str) -> bool:
    """“the lawyer Jane Otieno”; not “the union of Morland”, nor “Jane Otieno's Otieno”."""
    before, found, behind = speaker.rpartition(person)
    return bool(found) and not behind and before.rpartition(" ")[0].rpartition(" ")[2].lower() not in _LINKING


def _turned(words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int], dropped: set[int]) -> str:
    """“the bill, which parliament passed on Tuesday” as “Parliament passed the bill”, “the attack, in which …” as “… in the attack”."""
    clause = sentence[place].clause
    verb = clause.verb
    if clause.link != "relative" or verb is None or clause.says or words.lower[clause.first - 1] != ",":
        return ""
    noun = range(span[0], clause.first - 1)
    above = sentence[clause.parent].clause.verb
    if not noun or (above is not None and above.head in noun) or any(words.lower[index] in (",", "“", '"') for index in noun):
        return ""
    opening, behind = words.lower[clause.first], "".join(words.lower[clause.first + 1 : clause.first + 2])
    if opening == "whose":
        mark = "’" if words.lower[noun[-1]].endswith("s") else "’s"
        text = f"{_kept(words, noun, dropped)}{mark} {_kept(words, range(clause.first + 1, span[1]), dropped)}"
    elif opening in PREPOSITIONS and behind == "which":
        row = [*range(clause.first + 2, span[1]), clause.first, *noun]
        text = _kept(words, row, dropped)
    elif opening in ("which", "whom") and verb.first > clause.first + 1:
        text = _kept(words, [*range(clause.first + 1, verb.head + 1), *noun, *range(verb.head + 1, span[1])], dropped)
    else:
        return ""
    return text if len(text) <= WISHED else ""


def _kept(words: Words, row: Iterable[int], dropped: set[int]) -> str:
    return spelled(words, [index for index in row if index not in dropped])


def _folded(words: Words, read: Read, span: tuple[int, int], dropped: set[int]) -> str:
    """“the tanks delivered in 2019” as “The tanks were delivered”."""
    clause = read.clause
    if clause.link != "folded" or not is_participle(words.lower[clause.first]) or clause.first <= span[0]:
        return ""
    noun = [index for index in range(span[0], clause.first) if index != clause.first - 1 or words.lower[index] != ","]
    done = spelled(words, [index for index in range(clause.first, span[1]) if index not in dropped])
    return f"{spelled(words, noun)} {'were' if is_plural(words, span[0], clause.first) else 'was'} {done}"


def _about(words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int], names: Sequence[Mention], speaker: str) -> str:
    """“Vladyslav Selezniov on Bakhmut”, for words that can't be cut."""
    start, end = words.starts[span[0]], words.ends[span[1] - 1]
    if not speaker or not sentence[place].clause.says:
        return ""
    who = _short(words, speaker, names)
    inside = [words.text[mention.start : mention.end] for mention in names if start <= mention.start < end and mention.kind == "place"]
    topics = [name for name in dict.fromkeys(inside) if name not in speaker]
    return f"{who} on {' and '.join(topics[:2])}" if topics else ""


def _with_subject(words: Words, sentence: Sequence[Read], place: int, span: tuple[int, int]) -> list[int]:
    """The words of the clause, with the subject that it leaves to the clause above."""
    first, last = span
    clause = sentence[place].clause
    if clause.link in ("joined", "doing") and clause.parent >= 0 and clause.verb and _lacks_subject(words, clause.verb, first):
        above = place
        while sentence[above].clause.link in ("joined", "doing") and sentence[above].clause.parent >= 0:
            above = sentence[above].clause.parent
        begin, end = subject(words, sentence[above])
        return [*range(begin, end), *range(first, last)]
    if clause.link == "said" and words.lower[first] in PRONOUNS | POSSESSIVES and clause.parent >= 0:
        teller = sentence[clause.parent].clause
        return [
            *_with_subject(words, sentence, clause.parent, (max(teller.first, _behind_joiner(words, teller.first)), first)),
            *range(first, last),
        ]
    return list(range(first, last))


def _lacks_subject(words: Words, verb: Verb, first: int) -> bool:
    """“led a coup”, “then left”; not “work is expected”."""
    return verb.first <= first or (verb.first == first + 1 and (words.lower[first] in BETWEEN or words.lower[first].endswith("ly")))


def _behind_joiner(words: Words, first: int) -> int:
    return first + 1 if words.lower[first] in JOINERS else first


def _finished(text: str) -> str:
    return re.sub(r"[,.](?=[”\"]$)", "", text[:1].upper() + text[1:])


def _ellipsis(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"
