"""Separate a report's own paragraphs from credits, teasers and promotions.

Paragraphs are judged by their form and place: promotions come at the end, teasers under a heading that announces them. A paragraph in
doubt is kept, because a report that lost one can't be quoted.

"""

import re
from dataclasses import dataclass

from sitegen.ingest.receive.credits import DOTTED_END, is_credit, trailing_credit

_CLOSING_HEADING = re.compile(
    r"must[ -]reads?|most (?:read|popular|viewed|shared)|trending(?: now| stories)?|recommended(?: for you| stories| reading| articles)?"
    r"|you (?:may|might) also (?:like|be interested in)|(?:the )?editor[’']?s?[’']? (?:picks?|choice)|more from .{2,40}|more (?:stories|news|headlines)"
    r"|top stories|latest(?: news| stories| headlines)?|popular(?: now| stories)?|promoted(?: content| stories)?|sponsored(?: content| links)?"
    r"|(?:from )?around the web|don[’']?t miss|what to read next|read next|up next|newsletters?|subscribe(?: now)?|sign up(?: now| here)?"
    r"|follow us|share this(?: story| article)?|(?:leave a )?comments?|join the conversation|advertisement",
    re.IGNORECASE,
)
_RELATED_HEADING = re.compile(
    r"related(?: (?:stories|story|articles?|news|topics?|content|coverage|links|reading|posts?|videos?|reports?))?|read more|read also"
    r"|also read|see also|more on this(?: story| topic)?|more coverage|further reading",
    re.IGNORECASE,
)
_PROMOTION = re.compile(
    r"(?:sign up|subscribe|register)\b(?=.*\b(?:newsletters?|inbox|e-?mails?|alerts?|briefing|channel|podcast|app|here)\b).*"
    r"|(?:sign up|subscribe|follow us)(?: now| today| here| for free)?"
    r"|follow (?:us|[@\w .’']{2,40}) on (?:x|twitter|facebook|instagram|telegram|youtube|whatsapp|linkedin|threads|tiktok|google news|bluesky|mastodon|social)\b.*"
    r"|(?:read|see|watch|listen|also read|read also|read more|see also)(?: more| next| also)?\s*[:>»|].*|read more (?:about|on|from|at|in|here)\b[^.!?]*"
    r"|(?:click|tap) here\b.*|(?:download|get) (?:our|the) (?:\S+ ){0,4}app\b.*"
    r"|join (?:us|our|the)\b(?=.*\b(?:telegram|whatsapp|facebook|channel|group|community|conversation)\b).*"
    r"|(?:©|\(c\)|copyright\b).*|.*\ball rights reserved\b.*|our standards:.*|share this(?: story| article)?\b[^.!?]*|share on [^.!?]*"
    r"|(?:tags?|topics?|filed under|categories):[^.!?]*|support (?:our|independent|quality) journalism\b.*|more from [^.!?]{2,60}|advertisement",
    re.IGNORECASE | re.DOTALL,
)
_PROMPT = re.compile(
    r"(?:to (?:continue|keep|go on) reading|to read (?:more|on|the (?:full|whole|rest|complete)\b.{0,40})|to (?:access|unlock|view) (?:this|the)\b.{0,40}|for (?:full|unlimited) access\b.{0,30})[,:]? .*\b(?:subscri|log ?in|sign|register|join|account|trial|pay).*"
    r"|(?:please )?(?:subscribe|log ?in|sign ?in|register|sign ?up|join|upgrade|create (?:a |an |your )?(?:free )?account|start (?:a|your) (?:\S+ )?trial)\b.{0,60}?\b(?:to|and) (?:continue|keep|read|access|unlock|get (?:full|unlimited)|view)\b.*"
    r"|(?:already|not) (?:a|an|have an?) (?:\S+ )?(?:subscriber|member|account|registered)(?: yet)?\?.*|(?:already )?have an account\?.*|already (?:subscribed|registered)\?.*"
    r"|(?:this|the rest of this|the full) (?:article|story|content|report|page|post|is an? exclusive)(?: is)?(?: \S+){0,3} (?:for|to) (?:(?:our|paying|registered|premium|digital|paid|logged-in) ){0,2}(?:subscribers?|members?|users|readers)(?: only)?[.!]?"
    r"|(?:subscribers?|members?|premium)[ -](?:only|exclusive)(?: (?:article|content|story))?[.!]?|(?:for|exclusive to) subscribers(?: only)?[.!]?"
    r"|you(?:[’']ve| have) (?:reached|used|read|hit|exceeded|viewed)\b.{0,40}\b(?:free|articles|stories)\b.*|you have \w+ (?:free )?(?:articles?|stories) (?:left|remaining)\b.*"
    r"|(?:get|enjoy|unlock) (?:full|unlimited|complete|digital)\b.{0,30}\baccess\b.*|support our journalism\b.*|(?:log|sign) ?in(?: (?:or|/) (?:subscribe|register|sign ?up))?[.!]?"
    r"|(?:sign up|subscribe|register)\b.{0,60}\b(?:newsletters?|inbox|e-?mails|e-?mail alerts|daily briefing|morning briefing)\b.*"
    r"|(?:get|receive|want) (?:the|our|more|all|breaking|a)\b.{0,80}\b(?:in|to|into) your inbox\b.*|by (?:signing|clicking|subscribing|registering)\b.{0,60}\byou agree\b.*"
    r"|(?:enter|please enter) your e-?mail(?: address)?\b.*|thank you for (?:subscribing|signing up|registering)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_REPORTED = re.compile(r"\b(?:said|told|says|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE)
_MAX_PROMOTION = 300  # characters
_MAX_BLURB = 400  # characters
_MIN_STORIES = 3
_MAX_HEADLINE = 160  # characters
_MAX_TAIL = 80  # paragraphs at the end among which teasers are looked for
_PITCH = re.compile(r"\b(?:you|your|our|us|newsletter|inbox|subscribe|sign up)\b", re.IGNORECASE)
_RULE = re.compile(r"[\W_]+|-30-|ends", re.IGNORECASE)
_CLOSERS = "\"'”’»›)]"
_MAX_SHARED = 0.34  # share of a teaser’s long words that the report uses too; the report’s own last paragraph shares more


@dataclass(frozen=True, slots=True)
class TrimmedReport:
    paragraphs: tuple[str, ...]
    "the report's own"
    credits: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    in_doubt: str = ""
    "the heading of paragraphs that were kept but may not belong to the report"
    corrections: tuple[str, ...] = ()
    "the credits that correct the report"


def trimmed(paragraphs: tuple[str, ...]) -> TrimmedReport:
    """Split the paragraphs, of which there is at least one, into the report’s own and the rest. At least one is kept."""
    start = 0
    while start < len(paragraphs) - 1 and " by " in paragraphs[start].casefold() and is_credit(paragraphs[start]):
        start += 1
    at_start, own = paragraphs[:start], paragraphs[start:]
    place, in_doubt = _closing_section(own)
    section = own[place:]
    own, tail = _without_tail(own[:place])
    credits_, left_out = _credits_and_rest((*tail, *section))
    if behind := trailing_credit(own[-1]):
        own = (*own[:-1], own[-1].removesuffix(behind).rstrip())
        credits_ = (behind, *credits_)
    return TrimmedReport(own, at_start + credits_, left_out, in_doubt or _first_trailing_story(own))


def _is_prompt(paragraph: str) -> bool:
    return _matched(_PROMPT, paragraph) and not _REPORTED.search(paragraph)


def is_heading(line: str) -> bool:
    """Whether a line announces teasers or promotions."""
    return bool(_matched(_CLOSING_HEADING, line) or _matched(_RELATED_HEADING, line))


def without_prompts(paragraphs: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs without prompts to subscribe or log in, and the prompts. At least one paragraph is kept."""
    own = tuple(one for one in paragraphs if not _is_prompt(one))
    return (own, tuple(filter(_is_prompt, paragraphs))) if own else (paragraphs, ())


def is_promotion(paragraph: str) -> bool:
    return _matched(_PROMOTION, paragraph)


def is_headline(line: str) -> bool:
    """Whether a line is short and does not end like a sentence."""
    end = line.rstrip(_CLOSERS)
    if not end or len(line) > _MAX_HEADLINE or not any(character.isalnum() for character in line):
        return False
    return not end.endswith((".", "…", "。", "।", "۔", ":", ",", ";", "-", "–", "—")) or DOTTED_END.search(end) is not None


def is_unrelated(text: str, known: set[str]) -> bool:
    """Whether a text has little in common with one that uses these long words."""
    words = long_words(text)
    return len(words & known) <= _MAX_SHARED * len(words)


def long_words(text: str) -> set[str]:
    return set(re.findall(r"\w{5,}", text.casefold()))


def _closing_section(paragraphs: tuple[str, ...]) -> tuple[int, str]:
    """The index at which closing teasers begin (the length if there are none), and the first heading that may announce some."""
    in_doubt = ""
    for place in range(max(1, len(paragraphs) - _MAX_TAIL), len(paragraphs)):
        if is_heading(line := paragraphs[place]):
            before, rest = paragraphs[:place], paragraphs[place + 1 :]
            if _are_teasers(before, line, rest):
                return place, in_doubt
            if rest and (is_headline(rest[0]) or _is_cut(rest[0])):
                in_doubt = in_doubt or line
    return len(paragraphs), in_doubt


def _first_trailing_story(paragraphs: tuple[str, ...]) -> str:
    """The first of several headlines at the end that each have one short unrelated paragraph; empty if there are none."""
    place = len(paragraphs)
    while place > 2 and is_headline(paragraphs[place - 2]) and _is_blurb(paragraphs[place - 1]):
        place -= 2
    blurbs = paragraphs[place + 1 :: 2]
    known = long_words(" ".join(paragraphs[:place]))
    return paragraphs[place] if len(blurbs) >= _MIN_STORIES and all(is_unrelated(blurb, known) for blurb in blurbs) else ""


def _is_blurb(paragraph: str) -> bool:
    return len(paragraph) <= _MAX_BLURB and not is_headline(paragraph)


def _are_teasers(before: tuple[str, ...], heading: str, rest: tuple[str, ...]) -> bool:
    """Whether only headlines, their first words, promotions and credits follow the heading."""
    if sum(map(len, rest)) > sum(map(len, before)):
        return False
    headlines, blurbs, under_headline = 0, [], False
    for paragraph in rest:
        if is_heading(paragraph) or is_promotion(paragraph) or is_credit(paragraph) or _is_cut(paragraph) or _RULE.fullmatch(paragraph):
            under_headline = False
        elif is_headline(paragraph):
            headlines, under_headline = headlines + 1, True
        elif under_headline:
            blurbs.append(paragraph)
            under_headline = False
        elif len(paragraph) > _MAX_PROMOTION or not _PITCH.search(paragraph) or headlines:
            return False
    if not blurbs:
        return True
    known = long_words(" ".join(before))
    return _matched(_CLOSING_HEADING, heading) and (headlines == len(blurbs) > 1 or all(is_unrelated(blurb, known) for blurb in blurbs))


def _without_tail(paragraphs: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs, and the credits and promotions after them."""
    end = len(paragraphs)
    while end > 1 and (is_credit(last := paragraphs[end - 1]) or is_promotion(last) or _RULE.fullmatch(last)):
        end -= 1
    return paragraphs[:end], paragraphs[end:]


def _credits_and_rest(tail: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The credits, and the rest."""
    return tuple(text for text in tail if is_credit(text)), tuple(text for text in tail if not is_credit(text))


def _matched(form: re.Pattern[str], line: str) -> bool:
    return len(line) <= _MAX_PROMOTION and form.fullmatch(line.strip(" \t:>»›|▶►•*#–—-")) is not None


def _is_cut(paragraph: str) -> bool:
    """Whether a paragraph breaks off after its first words."""
    return paragraph.endswith(("...", "…", "[…]", "[...]"))
