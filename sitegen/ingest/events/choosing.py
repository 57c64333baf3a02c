"""Which statements are worth an entry: what is dated, the lead, and what the day's news did; not opinions, nor how things stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sitegen.ingest.events.clauses import Clause
from sitegen.ingest.events.lexicon import AWAITED, BE_THEN, CALLING, HELPERS, LONE, NOT, OCCASIONS, PRONOUNS, SAYING
from sitegen.ingest.events.reading import Reading
from sitegen.ingest.events.reads import Read
from sitegen.ingest.events.speakers import Mention, subject
from sitegen.ingest.events.verbs import Verb
from sitegen.ingest.events.words import Words

_ENDS = frozenset(".!?…\"”’'")
_JUDGING = frozenset(["called", "described", "branded", "praised", "criticised", "criticized"])
_COMMENTARY = re.compile(r"(?:opinion|analysis|comment|commentary|column|editorial|op-ed|explainer|viewpoint)\s*[:|–—]", re.IGNORECASE)
_LONGEST_REPORT = 1000  # sentences
_LEAD, _NEWS, _BACKGROUND, _UNDATED = 9, 6, 4, 2
"weights: long ago is less than the dated news, a year told by the way is least"


@dataclass(frozen=True, slots=True)
class Chosen:
    read: Read
    sentence: int
    "its place in the body"
    place: int
    "the clause's place in the sentence"
    is_lead: bool = False
    goes_on: bool = False
    "whether it goes on with what the sentence before tells"
    only_adds: bool = False
    "whether it makes no event of its own"
    weight: int = 0
    "what weighs least is left out first"


def chosen(read: Reading, names: Sequence[Mention], headline: str = "") -> list[Chosen]:
    """The lead first, then in order; of what its *headline* calls an opinion or an analysis, only what is dated."""
    found: list[Chosen] = []
    most = max(1, len(read.body) // 10)  # events without a date of their own
    lead = _lead(read)
    for number, sentence in enumerate(read.body[:_LONGEST_REPORT]):
        if not _is_sentence(read.words, sentence):
            continue
        dated = list(_dated(read, number, sentence))
        if number == lead:
            found += _led(number, sentence, dated)
            continue
        found += dated
        if not dated and (undated := _undated(read, number, sentence, names)):
            most -= not undated.only_adds
            if most >= 0 or undated.only_adds:
                found.append(undated)
    weighed = [replace(each, weight=_weight(read.words, each)) for each in found]
    if _COMMENTARY.match(headline):
        return [each for each in weighed if each.read.by in ("own", "near")]
    return [each for each in weighed if not (each.is_lead and _only_comments(each, weighed))]


def _only_comments(lead: Chosen, found: Sequence[Chosen]) -> bool:
    """A lead that tells how things are, before a text without dated news: “A bridge is more than a road.”"""
    is_dated = lead.read.by in ("own", "near")
    return lead.read.kind == "general" and not is_dated and all(each is lead or each.weight < _NEWS for each in found)


def _is_under_way(words: Words, read: Read) -> bool:
    """“were waiting on Monday”, “was the worst”: how things stood on a day."""
    verb = read.clause.verb
    if verb is None or words.lower[verb.first] not in BE_THEN:
        return False
    return verb.head == verb.first or words.lower[verb.head].endswith("ing")


def _weight(words: Words, each: Chosen) -> int:
    read = each.read
    if each.is_lead:
        return _LEAD
    if read.by not in ("own", "near") or read.when is None:
        return _UNDATED + read.clause.says
    by_the_way = read.clause.link in ("relative", "after", "before", "when", "folded")
    is_exact = read.when.begin is not None and read.when.begin.shape != "year"
    if _is_under_way(words, read):
        return _UNDATED
    if read.kind in ("background", "general"):
        return _UNDATED - 1 if by_the_way and not is_exact else _BACKGROUND + is_exact - by_the_way
    return _NEWS + is_exact - by_the_way


def _led(number: int, sentence: Sequence[Read], dated: list[Chosen]) -> list[Chosen]:
    """The lead: dated by its own words, else by the publication; what it tells of a quarter or a year belongs to it."""
    root = next((place for place, each in enumerate(sentence) if each.clause.parent < 0), 0)
    main = next((each for each in dated if _root(sentence, each.place) == root and each.read.clause.link not in ("relative", "said")), None)
    first = replace(main, is_lead=True) if main else Chosen(sentence[root], number, root, is_lead=True)
    rest = [each for each in dated if each is not main and (main or not _is_coarse(each.read))]
    return [first, *rest]


def _is_coarse(read: Read) -> bool:
    return read.when is None or read.when.shape == "year" or (read.when.begin is not None and read.when.begin != read.when.end)


def _lead(read: Reading) -> int:
    return next((number for number, sentence in enumerate(read.body) if _is_sentence(read.words, sentence)), -1)


def _is_sentence(words: Words, sentence: Sequence[Read]) -> bool:
    """Whether it ends like one and isn't set in brackets."""
    low, high = words.sentences[sentence[0].sentence]
    return words.lower[high - 1][-1] in _ENDS and words.lower[low] not in ("(", "[") and high - low > 4


def _dated(read: Reading, number: int, sentence: Sequence[Read]) -> Iterator[Chosen]:
    """Clauses with a date in their words, each date once; where one says what another tells, the one that hangs on no other."""
    taken: set[tuple[str, int]] = set()
    for place, each in enumerate(sentence):
        key = (str(each.when), _root(sentence, place))
        if key in taken or not _is_worth(read, sentence, place):
            continue
        above = each.clause.parent
        if (
            each.clause.link == "when"
            and sentence[above].by == "near"
            and sentence[above].when == each.when
            and not _is_open(sentence[above])
        ):
            place, each = above, sentence[above]
        taken.add(key)
        yield Chosen(each, number, place, goes_on=each.clause.link == "speaker" or read.words.quoted[each.clause.first])


def _is_open(read: Read) -> bool:
    """“It isn't known whether …”, “If …”."""
    return read.clause.link == "if" or read.kind == "general"


def _is_worth(read: Reading, sentence: Sequence[Read], place: int) -> bool:
    """Whether a clause has a date of its own, or its speaker's, and tells a happening."""
    each = sentence[place]
    clause = each.clause
    if each.when is None or each.when.shape in ("decade", "century") or clause.link == "if":
        return False
    if (each.by != "own" or each.kind == "general") and not (each.by in ("own", "near") and _is_dated_by_speaker(read, sentence, place)):
        return False
    if each.lasts and clause.verb and (clause.link == "relative" or _is_state(read.words, clause.verb)):
        return False
    if _is_under_way(read.words, each) and any(word in NOT for word in read.words.lower[clause.first : clause.last]):
        return False
    if _only_opens(sentence, each) or _is_own_past(read.words, each):
        return False
    if clause.link == "folded" and read.words.lower[clause.first] in AWAITED | CALLING:
        return False
    if _is_aside(read.words, each) or _only_compares(read.words, each) or read.words.lower[clause.first] in ("if", "unless"):
        return False
    if clause.link == "said" and clause.parent >= 0 and _is_around(each, sentence[clause.parent]):
        return False
    above = sentence[clause.parent]
    if clause.link == "speaker" and above.by == "own" and above.when != each.when and _is_worth(read, sentence, clause.parent):
        return False
    return not (clause.says and any(_is_told_below(other, place, sentence) and other.when != each.when for other in sentence))


def _is_state(words: Words, verb: Verb) -> bool:
    """“had been weak since May”, “have not met since May”."""
    return words.lower[verb.head] in ("been", "become", *BE_THEN) or any(word in NOT for word in words.lower[verb.first : verb.head])


def _is_told_below(read: Read, place: int, sentence: Sequence[Read]) -> bool:
    """Whether what somebody said has a date of its own: then that is the news, not the saying."""
    is_below = read.clause.link == "said" and read.clause.parent == place and read.by == "own" and read.kind == "told"
    return is_below and not _is_around(read, sentence[place])


def _is_around(read: Read, saying: Read) -> bool:
    """“said on Tuesday it expected growth this year”: the year holds the day on which it was said."""
    inner, outer = read.when, saying.when
    if inner is None or outer is None or saying.by != "own" or inner == outer:
        return False
    if not (inner.earliest and inner.latest and outer.earliest and outer.latest):
        return False
    return inner.earliest <= outer.earliest and outer.latest <= inner.latest


def _only_opens(sentence: Sequence[Read], each: Read) -> bool:
    """“Speaking to reporters on Friday, the minister said …”: that is where it was said."""
    clause = each.clause
    return clause.link == "doing" and clause.parent >= 0 and clause.first < sentence[clause.parent].clause.first


def _is_own_past(words: Words, each: Read) -> bool:
    """“I rang last Tuesday”; “We were ready last year”, in a quotation: a memory, with a date that is none of the news."""
    when, verb = each.when, each.clause.verb
    if when is None or verb is None or verb.tense == "future":
        return False
    first, _ = subject(words, each)
    is_vague = words.lower[first] in ("we", "you", "they", "it") and when.shape not in ("day", "time")
    return words.lower[first] == "i" or (words.quoted[verb.head] and is_vague)


def _is_aside(words: Words, each: Read) -> bool:
    """“the quarter, which ended on Friday”, and what a quotation tells of no past day."""
    verb = each.clause.verb
    if verb is None:
        return False
    if each.clause.link == "relative" and words.lower[verb.head] in ("ended", "ends", "runs"):
        return True
    return words.quoted[verb.head] and verb.tense not in ("past", "future")


def _only_compares(words: Words, each: Read) -> bool:
    """“Friday's update contrasted with …”: a date in what a sentence is about, that tells no deed."""
    verb = each.clause.verb
    if verb is None or words.lower[verb.head] not in LONE:
        return False
    return any(words.lower[index].endswith("day's") for index in range(each.clause.first, verb.first))


def _is_dated_by_speaker(read: Reading, sentence: Sequence[Read], place: int) -> bool:
    """“…, police said on Friday”: what they said stands first and is quoted."""
    each = sentence[place]
    if each.by == "near" and each.clause.says and each.clause.link == "main":
        return True
    is_credited = any(other.clause.link == "speaker" and other.clause.parent == place and other.by == "own" for other in sentence)
    return is_credited and not read.words.quoted[each.clause.first]


def _root(sentence: Sequence[Read], place: int) -> int:
    while sentence[place].clause.parent >= 0 and sentence[place].clause.link in ("joined", "doing", "speaker"):
        place = sentence[place].clause.parent
    return place


def _undated(read: Reading, number: int, sentence: Sequence[Read], names: Sequence[Mention]) -> Chosen | None:
    """What the day's news did, and what was said where people met; else what may add to an event that is told already."""
    words = read.words
    for place, each in enumerate(sentence):
        clause = each.clause
        if each.when is None or clause.verb is None or clause.link not in ("main", "joined", "speaker"):
            continue
        if each.kind != "told" or each.by not in ("story", "deed") or words.quoted[clause.verb.head]:
            continue
        if clause.says:
            if any(word in OCCASIONS for word in words.lower[clause.first : clause.last]):
                return Chosen(each, number, place)
        elif clause.verb.tense == "past" and _is_deed(words, each, names):
            return Chosen(each, number, place, only_adds=words.lower[subject(words, each)[0]] in PRONOUNS)
    first = sentence[0]
    if first.when is not None and first.clause.verb and first.clause.verb.tense == "perfect" and words.quoted[first.clause.first]:
        return Chosen(first, number, 0, only_adds=True)
    return None


def _only_judges(words: Words, clause: Clause) -> bool:
    """“called it an outrage”, not “called for talks”."""
    if clause.verb is None or words.lower[clause.verb.head] not in _JUDGING:
        return False
    return words.lower[min(clause.verb.head + 1, len(words.lower) - 1)] not in ("for", "on", "off", "up", "in")


def _is_deed(words: Words, each: Read, names: Sequence[Mention]) -> bool:
    """Whether somebody, somewhere or so many are named, and something is done."""
    clause = each.clause
    verb = words.lower[clause.verb.head] if clause.verb else "there"
    if any(word in NOT for word in words.lower[clause.first : clause.last]):
        return False
    if verb in HELPERS or verb in SAYING or verb in LONE or verb == "there" or _only_judges(words, clause):
        return False
    start, end = words.starts[clause.first], words.ends[clause.last - 1]
    if any(start <= mention.start < end for mention in names):
        return True
    return any(
        words.lower[index][0].isdigit() or (not names and index > clause.first and words.is_capital(index))
        for index in range(clause.first, clause.last)
    )
