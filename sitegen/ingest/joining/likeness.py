"""Whether two tellings are one event, how surely, and why."""

from dataclasses import dataclass

from sitegen.ingest.joining.agreement import Agreement, agreement, is_eve
from sitegen.ingest.joining.story import WHOLE_BIT, Item, Site, Story
from sitegen.ingest.joining.wording import Stems, beyond_names, contradict, count_otherwise, name_others, share_name

_NEARLY_SAME = 0.6
"of 1: how like the wording must be where the dates leave much open, or each names what the other doesn't"
_LIKE_OF_ONE_TEXT = 0.25
"where the reports share their text, so that each event of one has few candidates in the other"
_LIKE_WITH_NAME = 0.28
"where both name a person or a narrow place, and share more than names and roles"
_FEWEST_BEYOND = 2
"words that are more"
_LIKE = 0.38
_FEWEST_OF_ONE_TEXT, _FEWEST, _FEWEST_A_DAY_APART, _FEWEST_OF_OTHERS = 6 * WHOLE_BIT, 12 * WHOLE_BIT, 18 * WHOLE_BIT, 30 * WHOLE_BIT
"that they must share"
_FEWEST_WORDS = 3
"that say whether one passage is a part of another"
_TOLD_ALREADY = 0.9
"of 1: how many of the fewer words both must have then"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two tellings share."""

    agreement: Agreement
    shared: int
    "telling words"
    fewer: int
    "telling words of the one that has fewer"
    bits: int
    "what the shared words and the date say, in 64ths of a bit"
    of_all: float
    "0 to 1: twice those bits, of the bits of both"


def can_be_one(one: Item, other: Item) -> bool:
    """Whether neither dates nor places contradict.

    An expectation and what happened are one event where both have the day: the visit that was announced took place.
    """
    agreed = _agreed(one, other)
    if not agreed or (one.is_expected != other.is_expected and agreed not in ("day", "within")):
        return False
    return not contradict(one.wording, other.wording)


def likeness(one: Item, other: Item, site: Site) -> Likeness:
    """The same whichever comes first."""
    story = site.story(one, other)
    agreed = _agreed(one, other)
    dated = story.date_bits(one.when, other.when) if agreed not in ("", "eve", "loose") else 0
    found = (_of_versions(agreed, dated, story, mine, theirs) for mine in one.wording.versions for theirs in other.wording.versions)
    return max(found, key=lambda each: (each.of_all, each.bits, each.shared, -each.fewer))


def is_enough(found: Likeness, one: Item, other: Item, *, is_one_text: bool) -> bool:
    if name_others(one.wording, other.wording):
        return is_one_text and found.of_all >= _NEARLY_SAME and found.bits >= _FEWEST_OF_OTHERS
    if found.agreement == "eve":
        return found.bits >= _FEWEST_A_DAY_APART and _is_enough_a_day_apart(found, one, other, is_one_text=is_one_text)
    if found.agreement == "loose":
        return found.of_all >= _NEARLY_SAME and found.bits >= _FEWEST
    if is_one_text:
        return found.of_all >= _LIKE_OF_ONE_TEXT and found.bits >= _FEWEST_OF_ONE_TEXT
    return found.of_all >= _like_enough(one, other) and found.bits >= _FEWEST


def _is_enough_a_day_apart(found: Likeness, one: Item, other: Item, *, is_one_text: bool) -> bool:
    """What goes on for days is told on each of them in much the same words, but with other numbers."""
    if is_one_text:
        return found.of_all >= _LIKE
    is_told = share_name(one.wording, other.wording) and beyond_names(one.wording, other.wording) >= _FEWEST_BEYOND
    is_like = found.of_all >= (_LIKE if is_told else _NEARLY_SAME)
    return is_like and not count_otherwise(one.wording, other.wording)


def _agreed(one: Item, other: Item) -> Agreement:
    is_eve_of_news = (other.is_dated_by_publication and is_eve(one.when, other.when)) or (
        one.is_dated_by_publication and is_eve(other.when, one.when)
    )
    return agreement(one.when, other.when) or ("eve" if is_eve_of_news else "")


def _like_enough(one: Item, other: Item) -> float:
    """Who spoke twice a day said two things, unless the words say otherwise."""
    spots, people = one.wording.spots & other.wording.spots, one.wording.people & other.wording.people
    more = beyond_names(one.wording, other.wording)
    if people and not spots and not more:
        return _NEARLY_SAME
    return _LIKE_WITH_NAME if more >= _FEWEST_BEYOND and share_name(one.wording, other.wording) else _LIKE


def told_already(telling: Item, standing: Item) -> int:
    """How many of the telling's passages stand already as this report's, whatever an editor made of the date, the title or their ends."""
    if telling.articles[0] not in standing.articles:
        return 0
    return sum(any(_is_part(mine, theirs) for theirs in standing.wording.passages) for mine in telling.wording.passages)


def _is_part(mine: Stems, theirs: Stems) -> bool:
    """Whether two passages are one, or one a part of the other."""
    fewer = min(len(mine), len(theirs))
    return mine == theirs or (fewer >= _FEWEST_WORDS and len(mine & theirs) >= _TOLD_ALREADY * fewer)


def why(found: Likeness, one: Item, other: Item, *, is_one_text: bool) -> str:
    """“the same day, both name Bakhmut, 7 of 9 telling words shared”"""
    names = sorted(one.wording.names & other.wording.names)
    parts = [_why_dates(found.agreement, one)]
    if names:
        parts.append(f"both name {' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}")
    parts.append(f"{found.shared} of {found.fewer} telling words shared")
    if is_one_text:
        parts.append("the reports share their text")
    return ", ".join(parts)


def _why_dates(agreed: Agreement, one: Item) -> str:
    if agreed == "day":
        return "the same day" if one.when.shape in ("day", "time") else "the same days"
    if agreed == "unit":
        return f"the same {one.when.shape}" if one.when.shape in ("month", "season", "year", "decade", "century") else "the same dates"
    if agreed == "eve":
        return "the day before a report that tells no day"
    return "dates that can be one day" if agreed == "within" else "dates that may be one"


def _of_versions(agreed: Agreement, dated: int, story: Story, mine: Stems, theirs: Stems) -> Likeness:
    both = mine & theirs
    bits = story.bits(both) + dated
    whole = story.bits(mine) + story.bits(theirs) + 2 * dated
    return Likeness(agreed, len(both), min(len(mine), len(theirs)), bits, 2 * bits / max(1, whole))
