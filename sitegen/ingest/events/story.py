"""Dates for what a report tells without one: from the clause beside it, the same deed told elsewhere, the story, the publication."""

import datetime
from dataclasses import replace

from sitegen.dates import WEEKDAYS, Date, parse
from sitegen.ingest.events.deeds import Deed, same_deed, stems
from sitegen.ingest.events.kinds import is_back, with_kind
from sitegen.ingest.events.lexicon import CONTINUING, STOP
from sitegen.ingest.events.reads import Read
from sitegen.ingest.events.words import Words

_UNDATED = "no date in its words"
_STORY_DAYS = 14
_APART = ("relative", "after", "before", "cause", "said")
"clauses whose past may lie anywhere"
_MOST_DEEDS = 100  # dated clauses looked at for the same deed; reports have fewer


def placed(words: Words, published: datetime.date, sentences: list[list[Read]]) -> tuple[list[Read], list[list[Read]]]:
    """The headline and the body, with dates as far as they can be told, and their kinds."""
    today = parse(published.isoformat())
    sentences = [_from_beside([_believed(read, published) for read in sentence]) for sentence in sentences]
    has_headline = _has_headline(words, sentences)
    body = _from_quoted_on(words, sentences[1:] if has_headline else sentences)
    deeds = [Deed(words, read) for sentence in body for read in sentence if read.by == "own" and read.when][:_MOST_DEEDS]
    story = _story(body, published)
    done: list[list[Read]] = []
    for sentence in [[_by_clock(read, story, published) for read in sentence] for sentence in body]:
        looks_back = any(is_back(read.when, published) for read in sentence)
        placed = [
            _undated(words, read, deeds, None if looks_back else story, today, done, looks_back) if read.when is None else read
            for read in sentence
        ]
        done.append(_from_above(placed))
    headline = [_of_headline(words, read, done, today) for read in sentences[0]] if has_headline else []
    return [with_kind(words, read, published) for read in headline], [
        [with_kind(words, read, published) for read in sentence] for sentence in done
    ]


def _believed(read: Read, published: datetime.date) -> Read:
    """A past deed isn't dated after the publication: that date was misread, or is another clause's."""
    verb = read.clause.verb
    is_past = verb is not None and verb.tense in ("past", "perfect", "pluperfect")
    is_ahead = read.when is not None and read.when.earliest is not None and read.when.earliest > published
    return replace(read, when=None, by="", why="") if is_past and is_ahead else read


def _by_clock(read: Read, story: Read | None, published: datetime.date) -> Read:
    """“at 4:15 a.m.” without a day is on the story's, where nothing told since leads elsewhere."""
    if not read.is_clock or story is None or read.when == story.when:
        return read
    day = read.when.earliest if read.when else published
    if day is None or not 0 <= (published - day).days <= 1:
        return read
    return replace(read, when=story.when, by="own", why=_undated_why("the report's story is dated", story))


def _from_quoted_on(words: Words, body: list[list[Read]]) -> list[list[Read]]:
    """“X said that …. “Otherwise …,” he told the radio on Thursday.”: X said it on Thursday too."""
    read = [list(sentence) for sentence in body]
    for place in range(1, len(read)):
        speaker = next((each for each in read[place] if each.clause.link == "speaker" and each.by == "own"), None)
        before = read[place - 1][0]
        if (
            speaker is None
            or words.lower[speaker.clause.first] not in ("he", "she", "they")
            or not words.quoted[words.sentences[speaker.sentence][0]]
        ):
            continue
        if before.clause.says and before.when is None:
            read[place - 1][0] = replace(before, when=speaker.when, by="near", why=speaker.why)
    return read


def _has_headline(words: Words, sentences: list[list[Read]]) -> bool:
    """Whether the first line is one: no full stop, and paragraphs below."""
    if len(sentences) < 2 or not words.opens_line[sentences[1][0].sentence]:
        return False
    low, high = words.sentences[sentences[0][0].sentence]
    return words.lower[high - 1] not in (".", "!", "?", '"', "”", "''", "…") and high - low < 30


def _from_above(sentence: list[Read]) -> list[Read]:
    """A clause that has no date takes that of the clause which it hangs on."""
    read = list(sentence)
    for place, each in enumerate(read):
        if each.when is None and each.clause.parent >= 0:
            above = read[each.clause.parent]
            if above.when is not None and _goes_with(above, each):
                by = "near" if above.by == "own" else above.by
                read[place] = replace(each, when=above.when, by=by, why=above.why, is_by_publication=above.is_by_publication)
    return read


def _from_beside(sentence: list[Read]) -> list[Read]:
    """A clause that has no date takes that of the clause which it hangs on, or which hangs on it."""
    read = _from_above(sentence)
    for place in range(len(read) - 1, -1, -1):
        each = read[place]
        if each.clause.parent < 0 or each.when is None or each.by != "own":
            continue
        above = read[each.clause.parent]
        if above.when is None and _dates_above(above, each):
            read[each.clause.parent] = replace(above, when=each.when, by="near", why=each.why)
    return _from_above(read)


def _goes_with(above: Read, below: Read) -> bool:
    one, other = above.clause.verb, below.clause.verb
    if below.clause.link == "folded":
        return False
    if below.clause.link == "doing" or (below.clause.link == "before" and other is not None and other.tense == "participle"):
        return True
    if one is None or other is None:
        return True
    if below.clause.link in ("joined", "when", "relative", "cause", "main"):
        return other.tense == one.tense or (one.tense in ("past", "participle") and other.tense in ("past", "participle"))
    if below.clause.link == "said":
        return other.tense in ("present", "perfect")
    return False


def _dates_above(above: Read, below: Read) -> bool:
    """“…, police said on Friday”, “When X fell on Friday, Y fled”."""
    one, other = above.clause.verb, below.clause.verb
    if below.clause.link == "speaker":
        return one is None or one.tense in ("present", "perfect", "past", "participle")
    if below.clause.link in ("joined", "main", "when", "doing"):
        return one is None or other is None or one.tense == other.tense
    return False


def _story(body: list[list[Read]], published: datetime.date) -> Read | None:
    """The lead's date, where it is that of the news: within two weeks before the publication."""
    for sentence in body[:2]:
        for read in sentence:
            if (
                read.by in ("own", "near")
                and read.when
                and read.when.shape in ("day", "time")
                and read.clause.link not in ("relative", "after", "before")
            ):
                day = read.when.earliest
                if day and 0 <= (published - day).days <= _STORY_DAYS:
                    return read
    return None


def _undated(
    words: Words, read: Read, deeds: list[Deed], story: Read | None, today: Date, done: list[list[Read]], looks_back: bool
) -> Read:
    verb = read.clause.verb
    if read.clause.link == "if":
        return read
    if deed := same_deed(words, read, [deed for deed in deeds if _may_date(deed.read, read, today)]):
        return replace(read, when=deed.when, by="deed", why=_undated_why("the same deed is dated", deed))
    if read.clause.link in _APART and verb is not None and verb.tense in ("past", "participle"):
        return read
    if verb is not None and verb.tense in ("past", "participle") and not (words.quoted[verb.head]):
        if _continues(words, read) and (before := _before(done)) and before.when:
            why = _undated_why("it goes on with what came before", before)
            return replace(read, when=before.when, by="story", why=why, is_by_publication=before.is_by_publication)
        if story is not None and story.when:
            return replace(read, when=story.when, by="story", why=_undated_why("the report's story is dated", story))
    if verb is not None and (verb.tense in ("pluperfect", "future", "conditional") or (looks_back and verb.tense == "past")):
        return read
    return replace(read, when=today, by="story", why=of_publication(today), is_by_publication=True)


def _may_date(deed: Read, read: Read, today: Date) -> bool:
    """A deed of long ago is told again behind its date, or looked back to; what the news did before is another."""
    is_told_before = (deed.sentence, deed.clause.first) < (read.sentence, read.clause.first)
    looks_back = read.clause.verb is not None and read.clause.verb.tense == "pluperfect"
    return is_told_before or looks_back or today.earliest is None or not is_back(deed.when, today.earliest)


def _undated_why(reason: str, dated: Read) -> str:
    return dated.why if dated.why.startswith(_UNDATED) else f"{_UNDATED}; {reason}: {dated.why}"


def of_publication(today: Date) -> str:
    """“no date in its words; published on Friday 7 April 2023”."""
    weekday = f"{WEEKDAYS[today.earliest.weekday()]} " if today.earliest else ""
    return f"{_UNDATED}; published on {weekday}{today.label}"


def _continues(words: Words, read: Read) -> bool:
    low, _ = words.sentences[read.sentence]
    before = words.sentences[read.sentence - 1][0] if read.sentence else low
    if words.lower[low : low + 3] in (["at", "the", "time"], ["at", "that", "time"]):
        return True
    return words.lower[low] in CONTINUING or (words.lower[low] == words.lower[before] and words.lower[low] not in STOP)


def _before(done: list[list[Read]]) -> Read | None:
    if not done:
        return None
    main = [read for read in done[-1] if read.clause.link in ("main", "joined") and read.when]
    return main[-1] if main and main[-1].clause.verb and main[-1].clause.verb.tense in ("past", "perfect") else None


def _of_headline(words: Words, read: Read, body: list[list[Read]], today: Date) -> Read:
    if read.when is not None:
        return read
    about = stems(words, read.clause.first, read.clause.last)
    best: Read | None = None
    score = 1
    for sentence in body[:5]:
        for each in sentence:
            shared = len(about & stems(words, each.clause.first, each.clause.last))
            if each.when and shared > score and _is_news(each.when, today):
                best, score = each, shared
    if best is None and body:
        best = next((each for each in body[0] if each.when and _is_news(each.when, today)), None)
    return replace(
        read,
        when=best.when if best else today,
        by="story",
        why=_undated_why("the report is dated", best) if best else of_publication(today),
        is_by_publication=best.is_by_publication if best else True,
    )


def _is_news(when: Date, today: Date) -> bool:
    return when.latest is not None and today.latest is not None and (today.latest - when.latest).days <= _STORY_DAYS
