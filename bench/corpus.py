"""A made-up timeline, the same at each call: entries over ten years, people, places and tags as unevenly spread as in news.

An entry has about 250 words of Markdown: four to six paragraphs with two links, words in italics and in bold, a quotation, a
list in every third entry and a footnote in every fourth. Every tenth has a report with some of its sentences quoted.
"""

import datetime
import itertools
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

SEED = 7
FIRST_DAY = datetime.datetime(2014, 1, 1, tzinfo=datetime.UTC)
DAYS = 3650
WORDS_OF_A_BODY = 180
"in its paragraphs; quotation, list, links and footnote come on top"

GIVEN = """Agathe Bruno Cornelia Dragan Eskil Fiona Gideon Henrike Ismail Jolanta Kofi Lucinda Marek Noor Ottilie Pascal Renata
Soren Tamika Viktor""".split()
FAMILY = """Achterberg Blomqvist Castellane Dunmore Eberhardt Fairweather Grabowski Holloway Iturralde Jorgensen Kirkpatrick
Lindqvist Montague Nakamura Oyelaran""".split()
BEFORE = """Amber Birch Copper Drift Ember Falcon Granite Harvest Iron Juniper Kestrel Larch Marble Nettle Orchard Pebble Quarry
Russet Saffron Thistle""".split()
BEHIND = "borough bridge castle dale field harbour market mills quay wood".split()
TAGS = """accidents agriculture archives aviation banking broadcasting budgets childcare climate courts customs diplomacy drought
education elections energy fisheries floods forestry harbours health heritage housing inquiries libraries migration museums pensions
planning policing prisons privacy procurement railways sanctions shipping strikes taxation tourism wages""".split()
WORDS = """a about above across after again against all almost along already also although always among an and another any around as
at away back because been before began behind below between both brought but by called came case city clear close come could day days
did during each early either end enough even ever every far few first for found four from full gave general given good great group had
half hand has have he held her here high him his home hour hours how however if in into is it its just kept known large last late later
least left less like line little local long made many may men might month months more morning most much must near never new next night
no nor not now number of off often old on once one only open or other our out over own part past people place point power public put
quite rather reached right said same saw second seen set several she should side since small so some soon still such taken than that
the their them then there these they thing third this those though three through time to today together told took toward town two under
until up upon used very was way week weeks well went were what when where whether which while who whole why with within without woman
work would year years yet young account adviser affair agency alliance annual answer appeal archive arrest article assembly auditor
ballot barrier bench border brigade broadcast bulletin campaign capital chair charter circuit claim clause coalition column commander
commission complaint concession conference contract convoy council counsel county court crew crisis crossing damage deadline debate
debt decree defence delay delegate deposit deputy detention dispute district dockyard document draft drought embassy estimate evidence
expert factory fence ferry figure fine flood footage freight fuel grain grant ground guard hearing hospital household inquest
inspector interview invoice judge junction jury land lawyer leaflet ledger letter levee licence mayor measure meeting member memo
mediator ministry minutes mission motion notice offer office officer order outage owner panel parish parliament patrol payment permit
petition pilot pipeline platform police port prefect prison profit protest quarter quorum railway ranger receipt record referee
reform refund region register rescue reservoir resident review river road ruling sample school senate session settlement shelter
shore siren speaker square staff station statute storm strike summit supplier survey tariff tenant tender testimony tower trade
transcript treasurer treaty tribunal truce union vaccine valley verdict village vote voter warden warning warrant water witness""".split()


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    outlet: str
    text: str
    "paragraphs, as a capture holds them"
    quotes: tuple[str, ...]
    "sentences of the text, word for word"


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    title: str
    at: datetime.datetime
    people: tuple[str, ...]
    places: tuple[str, ...]
    tags: tuple[str, ...]
    sources: tuple[str, ...]
    "addresses; the first is the report's, where there is one"
    body: str
    "Markdown"
    report: Report | None


class Names:
    """The names of one kind; the first comes up most often, the second half as often or more, and so on."""

    def __init__(self, names: Sequence[str], steepness: float) -> None:
        self._names = names
        self._weights = list(itertools.accumulate(rank**-steepness for rank in range(1, len(names) + 1)))

    def some(self, chance: random.Random, most: int) -> tuple[str, ...]:
        """One to *most* of them, each once."""
        number = chance.randint(1, most)
        chosen: dict[str, None] = {}
        while len(chosen) < number:
            chosen[chance.choices(self._names, cum_weights=self._weights)[0]] = None
        return tuple(chosen)


def entries(number: int, seed: int = SEED) -> list[Entry]:
    """In the order of time."""
    chance = random.Random(seed)
    people = Names(_shuffled(chance, [f"{given} {family}" for given in GIVEN for family in FAMILY]), 1)
    places = Names(_shuffled(chance, [before + behind for before in BEFORE for behind in BEHIND]), 1)
    tags = Names(TAGS, 0.7)
    minutes = sorted(chance.sample(range(DAYS * 24 * 60), number))
    return [_entry(chance, index, minute, people, places, tags) for index, minute in enumerate(minutes)]


def slug(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", name.lower())


def _entry(chance: random.Random, index: int, minute: int, people: Names, places: Names, tags: Names) -> Entry:
    title = _title(chance)
    at = FIRST_DAY + datetime.timedelta(minutes=minute)
    return Entry(
        id=f"{slug(title)}-{index}",
        title=title,
        at=at,
        people=people.some(chance, 4),
        places=places.some(chance, 3),
        tags=tags.some(chance, 3),
        sources=tuple(
            f"https://outlet{chance.randint(1, 90)}.example/{at:%Y/%m/%d}/{index}-{part}" for part in range(chance.randint(1, 2))
        ),
        body=_body(chance, index),
        report=_report(chance) if index % 10 == 0 else None,
    )


def _body(chance: random.Random, index: int) -> str:
    number = chance.randint(4, 6)
    paragraphs = [_sentences(chance, WORDS_OF_A_BODY // number) for _ in range(number)]
    for marks, paragraph in zip(("*", "**"), chance.sample(paragraphs, 2), strict=True):
        paragraph[0] = re.sub(r" (\w+ \w+)", rf" {marks}\1{marks}", paragraph[0], count=1)
    for part, paragraph in enumerate(chance.sample(paragraphs, 2)):
        words = " ".join(chance.choices(WORDS, k=3))
        paragraph.append(f"More in [{words}](https://papers{chance.randint(1, 70)}.example/{index}/{part}).")
    blocks = [" ".join(paragraph) for paragraph in paragraphs]
    if index % 4 == 0:
        blocks[0] += "[^1]"
    blocks.insert(2, f"> {_sentence(chance, 18)}")
    if index % 3 == 0:
        blocks.insert(4, "\n".join(f"- {_sentence(chance, 8)}" for _ in range(4)))
    if index % 4 == 0:
        blocks.append(f"[^1]: {_sentence(chance, 14)}")
    return "\n\n".join(blocks) + "\n"


def _report(chance: random.Random) -> Report:
    paragraphs = [_sentences(chance, 45) for _ in range(7)]
    return Report(
        title=_title(chance),
        outlet=f"The {chance.choice(BEFORE)} {chance.choice(('Courier', 'Gazette', 'Herald', 'Tribune'))}",
        text="\n\n".join(" ".join(paragraph) for paragraph in paragraphs) + "\n",
        quotes=tuple(chance.choice(paragraph) for paragraph in chance.sample(paragraphs, 2)),
    )


def _title(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(5, 9))).capitalize()


def _sentences(chance: random.Random, words: int) -> list[str]:
    """With *words* words in all, or some more."""
    sentences = []
    while words > 0:
        length = chance.randint(9, 19)
        sentences.append(_sentence(chance, length))
        words -= length
    return sentences


def _sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."


def _shuffled(chance: random.Random, names: list[str]) -> list[str]:
    return chance.sample(names, len(names))
