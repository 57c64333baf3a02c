"""Where a sentence is cut into clauses: at words and marks that can open one, where a verb stands on both sides."""

from dataclasses import dataclass
from typing import Literal

from sitegen.ingest.events.lexicon import (
    DETERMINERS,
    JOINERS,
    MONTHS,
    MONTHS_AND_DAYS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAYING,
    SUBORDINATORS,
)
from sitegen.ingest.events.sight import Sight
from sitegen.ingest.events.telling import CLOSERS, opens_what_is_said, said_from, speaker_from

Link = Literal["main", "joined", "said", "relative", "when", "after", "before", "cause", "if", "doing", "speaker", "folded"]
"joined: by “and”; said: what somebody says; doing: “, killing three”; speaker: “, police said”; folded: “the jets ordered in 2009”"

BELOW: tuple[Link, ...] = ("when", "after", "before", "cause", "if")
"clauses that “when”, “after”, “if” open"

_BY_WORD: dict[str, Link] = {word: link for word, kind in SUBORDINATORS.items() for link in BELOW if link == kind}
_STOPPING = frozenset([",", ";", "that", "(", "“", '"']) | JOINERS | RELATIVES | frozenset(SUBORDINATORS)
_TIMES = MONTHS_AND_DAYS | frozenset(["midnight", "noon", "midday", "dawn", "dusk", "sunrise", "sunset", "dark"])
_CLOCK = MONTHS | frozenset(["a.m", "p.m", "a.m.", "p.m.", "am", "pm", "gmt"])
_LONGEST_NOUN = 8  # words before “that”
_HARD = frozenset([";", ":", "--", "–", "—", "``", "“", "„", "«", '"'])


@dataclass(frozen=True, slots=True)
class Cut:
    place: int
    "the word that opens the clause"
    link: Link
    resumes: bool = False
    "whether a clause goes on that another had interrupted: “Zelensky, who …, said”"


def opening_link(sight: Sight, found: list[Cut]) -> Link:
    """What the sentence's first clause is to the next: “When …, X fled”."""
    if not any(cut.link == "main" and not cut.resumes for cut in found):
        return "main"
    return _BY_WORD.get(sight.word(sight.low), "doing")


def cuts(sight: Sight) -> list[Cut]:
    found: list[Cut] = []
    index = sight.low + 1
    while index < sight.high:
        cut = _around_noun(sight, index, found) if (found and found[-1].link == "relative") or sight.word(index) == "that" else None
        if cut is None and not (found and found[-1].link == "speaker" and _names_speaker(sight, index, found)):
            cut = _cut(sight, index, found)
        if cut and (not found or cut.place > found[-1].place):
            found.append(cut)
        index = max(index, cut.place if cut else index) + 1
    return found


def _around_noun(sight: Sight, index: int, found: list[Cut]) -> Cut | None:
    """Where a relative clause without commas ends, or where its “that” opens it behind the sentence's first noun."""
    if found and found[-1].link == "relative" and index in sight.by_place and _ends_relative(sight, index, found):
        return Cut(index, "main", resumes=True)
    if sight.word(index) == "that" and not found and index - sight.low < _LONGEST_NOUN and _tells_which(sight, index):
        return Cut(index, "relative")
    return None


def _tells_which(sight: Sight, index: int) -> bool:
    """“A fire that broke out on Monday was …”: two verbs behind a noun that opens the sentence."""
    first = sight.next_verb(index + 1)
    return not sight.has_verb(sight.low, index) and first <= index + 2 and sight.next_verb(first + 1) < sight.high


def _names_speaker(sight: Sight, index: int, found: list[Cut]) -> bool:
    """Whether a word stands before the verb of “…, his lawyer, Jane Otieno, said”."""
    return not sight.has_verb(found[-1].place, index)


def _cut(sight: Sight, index: int, found: list[Cut]) -> Cut | None:
    word = sight.word(index)
    if (word == "," or word in CLOSERS) and (speaker := speaker_from(sight, index + 1)):
        return Cut(speaker, "speaker")
    if sight.is_verb(index - 1) and sight.word(index - 1) in SAYING and (said := said_from(sight, index)):
        return Cut(said, "said")
    if word in RELATIVES:
        return _at_relative(sight, index)
    if word == ",":
        return _at_comma(sight, index, found)
    if not sight.has_verb(sight.low, index):
        return None
    if word == "that":
        return _at_that(sight, index)
    if word in SUBORDINATORS:
        return Cut(index, _BY_WORD[word]) if _opens_clause(sight, index) else None
    if word in (";", "--", "–", "—", ":"):
        return Cut(index + 1, "joined") if sight.has_verb(index + 1, index + 61) else None
    if word in JOINERS and sight.has_verb(found[-1].place if found else sight.low, index):
        return _at_joiner(sight, index)
    return None


def _at_relative(sight: Sight, index: int) -> Cut | None:
    word = sight.word(index)
    place = index - 1 if word in ("which", "whom", "whose") and sight.word(index - 1) in PREPOSITIONS else index
    is_aside = sight.word(place - 1) == "," and word in ("which", "who", "whose", "whom")
    return Cut(place, "relative") if is_aside or sight.has_verb(index + 1, index + 9) else None


def _ends_relative(sight: Sight, index: int, found: list[Cut]) -> bool:
    """“Two hikers who went missing on Sunday | were found on Wednesday”: the second verb is the sentence's."""
    verb = sight.by_place.get(index)
    if not found or found[-1].link != "relative" or verb is None or verb.first != index or not verb.is_finite:
        return False
    opening = found[-1].place
    begin = found[-2].place if len(found) > 1 else sight.low
    first = sight.next_verb(opening + 1)
    between = [sight.word(place) for place in range(first + 1, index)]
    is_open = (
        sight.word(opening - 1) != "," and not sight.has_verb(begin, opening) and first < index and not sight.has_verb(first + 1, index)
    )
    return is_open and sight.word(index - 1) not in PRONOUNS and not any(word in _STOPPING or word in SAYING for word in between)


def _at_that(sight: Sight, index: int) -> Cut | None:
    if sight.word(index - 1) == "so" or not sight.has_verb(index + 1, index + 15):
        return None
    return Cut(index, "said" if opens_what_is_said(sight, index) else "relative")


def _at_comma(sight: Sight, index: int, found: list[Cut]) -> Cut | None:
    """Behind a comma: “and”, a participle, or the clause goes on that an enclosed one had interrupted."""
    if _is_bracketed(sight, index):
        return None
    following = sight.word(index + 1)
    if following in JOINERS:
        return _at_joiner(sight, index + 1) if sight.has_verb(0, index) else None
    last = found[-1] if found else None
    since = last.place if last else sight.low
    if (last and last.link == "relative") or sight.has_verb(since, index) or any(since <= verb.head < index for verb in sight.verbs):
        if last and not last.resumes and _is_enclosed(sight, found) and sight.has_verb(index + 1, index + 4):
            return Cut(index + 1, "main", resumes=True)
        is_opening = _opens_below(sight) and not any(cut.link == "main" for cut in found)
        if (is_opening or (last and last.link in BELOW)) and sight.has_verb(index + 1, index + 21):
            return Cut(index + 1, "main" if is_opening else "joined")
    verb = sight.by_place.get(index + 1)
    if verb and not verb.is_finite and following.endswith("ing"):
        return Cut(index + 1, "doing")
    return None


def _is_bracketed(sight: Sight, index: int) -> bool:
    """Whether a bracket stands open, shortly before."""
    before = [sight.word(place) for place in range(max(sight.low, index - 12), index)]
    return before.count("(") > before.count(")")


def _is_enclosed(sight: Sight, found: list[Cut]) -> bool:
    """Whether the clause before can be one that interrupts: a relative one, or any while the first still lacks its verb."""
    return found[-1].link in ("relative", "doing") or not sight.has_verb(sight.low, found[0].place)


def _opens_below(sight: Sight) -> bool:
    """Whether the sentence opens with a clause that hangs on the next: “When …,”, “Asked if …,”."""
    return sight.word(sight.low) in SUBORDINATORS or (sight.is_verb(sight.low) and not sight.by_place[sight.low].is_finite)


def _at_joiner(sight: Sight, index: int) -> Cut | None:
    """“and” opens a clause where a verb follows before the next mark, not behind another “and”."""
    following = sight.next_verb(index + 1)
    for place in range(index + 1, min(sight.high, index + 16)):
        word = sight.word(place)
        if place == following:
            return Cut(index, "joined")
        if word in (",", "and", "or", "that") or word in RELATIVES or word in _HARD or (word in SUBORDINATORS and word != "as"):
            return None
    return None


def _opens_clause(sight: Sight, index: int) -> bool:
    """“after talks failed”, “after opening”; not “after the talks”, “since 2014”, “as a minister”."""
    following = sight.word(index + 1)
    if following in _TIMES or (following[:1].isdigit() and (following.endswith("m") or sight.word(index + 2) in _CLOCK)):
        return False
    if following.endswith("ing") and index + 1 in sight.by_place:
        return True
    if sight.word(index) == "as":
        is_role = following in DETERMINERS and following not in ("the", "his", "its", "their")
        if is_role or following in ("well", "part", "saying"):
            return False
    verb = sight.next_verb(index + 1)
    for place in range(index + 1, min(sight.high, index + 18)):
        word = sight.word(place)
        if place == verb:
            return True
        if word in (",", ";", "that") or word in RELATIVES or (word in JOINERS and word != "and"):
            return False
    return False
