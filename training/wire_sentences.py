"""Annotated reports of our own: the paragraphs of training/wire.txt, filled with names by a counted, repeatable choice."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from sitegen.ingest.names import word_lists

FILLINGS = 10
SLOT = re.compile(r"\{(\^?)([A-Za-z]+)(\d?)\}|\[([PLOM])\|((?:[^\[\]])*)\]")
KIND = {
    "P": "PER",
    "S": "PER",
    "p": "PER",
    "C": "LOC",
    "T": "LOC",
    "V": "LOC",
    "R": "LOC",
    "G": "LOC",
    "L": "LOC",
    "O": "ORG",
    "A": "ORG",
    "F": "ORG",
    "I": "PER",
    "Z": "LOC",
    "N": "ORG",
    "U": "ORG",
    "B": "ORG",
}

ONSETS = [
    "b",
    "br",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kh",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "y",
    "z",
    "zh",
]
VOWELS = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ia", "ou"]
CODAS = ["n", "r", "l", "s", "m", "t", "k", "sh", "nd", "rt", "", ""]
FAMILY_ENDS = [
    "ov",
    "ova",
    "enko",
    "sky",
    "skaya",
    "sson",
    "sen",
    "ian",
    "yan",
    "adze",
    "shvili",
    "escu",
    "ovic",
    "owski",
    "inen",
    "berg",
    "mann",
    "stein",
    "ez",
    "es",
    "ini",
    "elli",
    "oni",
    "ara",
    "ura",
    "moto",
    "shi",
    "ula",
    "wale",
    "mba",
    "ye",
    "bi",
    "ki",
    "son",
    "ton",
    "ley",
    "field",
    "ford",
    "man",
    "well",
    "man",
    "ik",
    "ak",
    "oglu",
    "zadeh",
    "pour",
    "khah",
    "lah",
    "li",
    "di",
    "ni",
    "ri",
    "wi",
    "ngo",
    "nda",
]
PLACE_ENDS = [
    "ville",
    "burg",
    "grad",
    "abad",
    "pur",
    "stan",
    "ivka",
    "ivsk",
    "insk",
    "ovo",
    "ice",
    "itz",
    "berg",
    "furt",
    "heim",
    "ton",
    "ford",
    "ham",
    "by",
    "wick",
    "mouth",
    "stad",
    "dorf",
    "an",
    "ar",
    "eh",
    "iya",
    "ja",
    "ra",
    "la",
    "ma",
    "ka",
    "ta",
    "sha",
    "wa",
    "ga",
    "nga",
    "bu",
    "ro",
    "co",
    "ia",
    "ena",
    "ina",
    "as",
    "os",
    "ul",
    "im",
]
PARTICLES = ("al-", "el-", "bin ", "de ", "van ", "Abu ", "ben ", "de la ", "von ", "O'", "Mc", "Mac")
CORPORATE = [
    "Corp",
    "Inc",
    "Ltd",
    "Plc",
    "Group",
    "Holdings",
    "AG",
    "Bank",
    "Airlines",
    "Motors",
    "Oil",
    "Energy",
    "Industries",
    "Co",
    "Telecom",
    "Securities",
    "Steel",
    "Foods",
    "Insurance",
    "& Co",
]
BODIES = [
    "Party",
    "Front",
    "Movement",
    "Union",
    "Congress",
    "Alliance",
    "League",
    "Institute",
    "Council",
    "Foundation",
    "Association",
    "Federation",
    "Liberation Army",
    "National Party",
    "Democratic Party",
    "Human Rights Watch",
    "Peace Party",
]
VIRTUES = [
    "National",
    "Democratic",
    "People's",
    "United",
    "Social",
    "Progressive",
    "Liberal",
    "Free",
    "Patriotic",
    "Islamic",
    "Workers'",
    "Green",
    "New",
    "Popular",
    "Federal",
    "Central",
    "Royal",
    "International",
    "General",
    "First",
]
MINISTRIES = [
    "Defence",
    "Defense",
    "Finance",
    "Health",
    "Education",
    "Justice",
    "Foreign Affairs",
    "Trade",
    "the Interior",
    "Energy",
    "Transport",
    "Agriculture",
]
CLUBS = ["United", "City", "FC", "Rovers", "Rangers", "Town", "Athletic", "Wanderers"]
NICKNAMES = [
    "Tigers",
    "Lions",
    "Eagles",
    "Bears",
    "Stars",
    "Kings",
    "Giants",
    "Devils",
    "Hawks",
    "Bulls",
    "Sharks",
    "Pirates",
    "Royals",
    "Rangers",
    "Flames",
    "Knights",
]
WATERS = (
    "Lake {}",
    "{} River",
    "Mount {}",
    "{} Island",
    "the {} valley",
    "{} Bay",
    "the {} Mountains",
    "Cape {}",
    "the {} River",
    "the {}",
)
BROAD = [
    "Africa",
    "Asia",
    "Europe",
    "Latin America",
    "the Middle East",
    "South America",
    "the Caribbean",
    "Central Asia",
    "West Africa",
    "Southeast Asia",
    "the Balkans",
    "North Africa",
    "the Gulf",
    "East Africa",
    "Eastern Europe",
]
PLACE_FRAMES = ("Al {}", "Al-{}", "El {}", "Umm {}", "Deir {}", "Kafr {}", "Port {}", "San {}", "Santa {}", "New {}", "{}-dong", "{}-i-Nur", "Ban {}", "Nova {}",
                "{} City", "{} North", "Upper {}", "Fort {}", "Camp {}", "St. {}", "{} Hills", "{} Heights", "{} es Sur", "Rio {}", "Dar es {}", "{} am Main", "{}-sur-Mer", "Val d'{}", "{} an der Oder", "{} upon Tyne", "{} de la Frontera", "Saint-{}", "Bad {}")  # fmt: skip
OFFICES = [
    "Electoral Commission",
    "Football Association",
    "Coast Guard",
    "Human Rights Commission",
    "Airports Authority",
    "Chamber of Commerce",
    "Red Crescent",
    "Cricket Board",
    "Olympic Committee",
    "Railways",
    "Revenue Authority",
    "National Police",
    "Army",
]
INSTITUTIONS = [
    "University of {}",
    "{} University",
    "{} State University",
    "Bank of {}",
    "Central Bank of {}",
    "National Bank of {}",
    "{} High Court",
    "High Court of {}",
    "{} General Hospital",
    "{} Stock Exchange",
    "Institute of {} Studies",
    "{} Central Prison",
    "{} Police",
    "{} City Council",
    "{} Medical Centre",
    "Parliament of {}",
    "{} Institute of Technology",
    "Union Bank of {}",
    "{} Airways",
    "{} Chamber of Commerce",
]
NEWSPAPERS = [
    "{0} Times",
    "the {0} Times",
    "{0} Post",
    "the {0} Herald",
    "{0} Daily News",
    "Radio {0}",
    "{0} TV",
    "Daily {1}",
    "{1} News",
    "El {1}",
    "La {1}",
    "Al-{1}",
    "Die {1}",
    "Le {1}",
    "{1}",
    "the {0} Mirror",
    "{0} Tribune",
    "The {0} Star",
    "{1} Weekly",
    "Voice of {0}",
]
CLUB_FRAMES = (
    "Dynamo {}",
    "Al {}",
    "Al-{}",
    "AC {}",
    "AS {}",
    "FC {}",
    "Sporting {}",
    "Real {}",
    "Racing {}",
    "{} FC",
    "{} United",
    "{} City",
    "{} Town",
    "{} Rovers",
    "CS {}",
    "Hapoel {}",
    "Maccabi {}",
    "Red Star {}",
    "Partizan {}",
    "Deportivo {}",
    "Atletico {}",
    "Grasshopper {}",
    "Rapid {}",
    "Austria {}",
    "Lokomotiv {}",
    "Spartak {}",
    "Inter {}",
    "Hamburg {}",
    "Eintracht {}",
    "RC {}",
    "{} Stars",
    "{} Chiefs",
    "Young {}",
    "{} Sundowns",
    "SV {}",
    "VfB {}",
    "TP {}",
    "JS {}",
    "Olympique {}",
)
US_STATES = [
    "Calif.",
    "Texas",
    "Fla.",
    "Ohio",
    "Mich.",
    "Ill.",
    "Pa.",
    "N.J.",
    "N.Y.",
    "Va.",
    "N.C.",
    "Ga.",
    "Wis.",
    "Minn.",
    "Iowa",
    "Mo.",
    "Kansas",
    "Colo.",
    "Ariz.",
    "Nev.",
    "Oregon",
    "Wash.",
    "Utah",
    "Idaho",
    "Tenn.",
    "Ky.",
    "Ala.",
    "Miss.",
    "La.",
    "Okla.",
    "Conn.",
    "Mass.",
    "Maine",
    "Md.",
    "Del.",
    "California",
    "Florida",
    "Illinois",
    "Michigan",
    "Virginia",
    "Louisiana",
    "Arizona",
    "Colorado",
    "New Jersey",
    "New Mexico",
    "North Carolina",
    "Ontario",
    "Alberta",
    "Quebec",
    "British Columbia",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
COMMON = frozenset(
    ["of", "most", "best", "same", "man", "along", "hit", "male", "nice", "reading", "mobile", "split", "bath", "may", "march", "central"]
)


Item = TypeVar("Item")


class Choice:
    """A counted choice: the same numbers on every machine. Source: Lehmer's generator, Park and Miller 1988."""

    def __init__(self, seed: int) -> None:
        self.state = seed * 7919 + 1

    def below(self, count: int) -> int:
        self.state = self.state * 48271 % 2147483647
        return self.state // 7 % count

    def of(self, items: Sequence[Item]) -> Item:
        return items[self.below(len(items))]

    def chance(self, percent: int) -> bool:
        return self.below(100) < percent


class Names:
    def __init__(self) -> None:
        lists = word_lists.lists()
        self.given = [n for n in lists["given"] if len(n) > 2]
        self.family = [n for n in lists["surname"] if n[0].isupper() and len(n) > 2]
        self.clubs = list(lists["club"])
        self.countries = [c for c in word_lists.countries() if c.code != "-"]
        weighed = [c for c in self.countries if c.demonyms]
        self.demonyms = [c.demonyms[0] for c in weighed]
        rows = [r for r in word_lists.gazetteer_rows() if r[1].lower() not in COMMON and re.fullmatch(r"[A-Z][\w' -]+", r[1])]
        cities = [r[1] for r in rows if r[0] == "city"]
        self.large, self.small = cities[:700], cities[700:9000]
        self.regions = [r[1] for r in rows if r[0] == "region" and len(r[1].split()) < 4]

    def syllables(self, choice: Choice, ends: Sequence[str]) -> str:
        word = choice.of(ONSETS) + choice.of(VOWELS) + choice.of(CODAS)
        if choice.chance(40):
            word += choice.of(ONSETS) + choice.of(VOWELS)
        return (word + choice.of(ends)).capitalize()

    def person(self, choice: Choice) -> tuple[str, str, str]:
        """Whole name, family name, given name."""
        given = choice.of(self.given) if choice.chance(65) else self.syllables(choice, VOWELS + CODAS)
        family = choice.of(self.family) if choice.chance(50) else self.syllables(choice, FAMILY_ENDS)
        if choice.chance(12):
            particle = choice.of(PARTICLES)
            family = particle + family
            return f"{given} {family}", family, given
        if choice.chance(8):
            return f"{given} {choice.of('ABCDEFGHJKLMPRSTW')}. {family}", family, given
        if choice.chance(12):
            return f"{given} {choice.of(self.given)} {family}", family, given
        if choice.chance(6):
            short = self.syllables(choice, [""])[:4]
            return f"{short} {given}", short, given
        if choice.chance(4):
            return f"{given}-{choice.of(self.given)} {family}", family, given
        if choice.chance(8):
            return self.of_three(choice, given, family)
        return f"{given} {family}", family, given

    def of_three(self, choice: Choice, given: str, family: str) -> tuple[str, str, str]:
        """Names of three or four words: Korean and Vietnamese, Spanish, Arabic, with two initials, of one word twice."""
        turn = choice.below(6)
        if turn == 0:
            short = self.syllables(choice, [""])[:4]
            return f"{short} {self.syllables(choice, [''])[:5]}-{choice.of(VOWELS)}{choice.of(CODAS)}n", short, given
        if turn == 1:
            return f"{given} {family} {choice.of(self.family)}", family, given
        if turn == 2:
            return f"{given} {choice.of(self.given)} al-{family}", f"al-{family}", given
        if turn == 3:
            return f"{choice.of('ABCDGHJKLMNPRSTV')}.{choice.of('ABCDEGHJKLMPRSW')}. {family}", family, given
        if turn == 4:
            return f"{given} {choice.of(('Abdul', 'Abu', 'Bin', 'Ould', 'Ben'))} {family}", family, given
        return f"{given} {family}-{choice.of(self.family)}", f"{family}-{choice.of(self.family)}", given

    def country(self, choice: Choice) -> str:
        country = choice.of(self.countries)
        return choice.of(country.names) if choice.chance(15) else country.name

    def city(self, choice: Choice) -> str:
        return choice.of(self.large) if choice.chance(55) else choice.of(self.small)

    def village(self, choice: Choice) -> str:
        if choice.chance(12):
            return choice.of(PLACE_FRAMES).format(self.syllables(choice, PLACE_ENDS))
        return self.syllables(choice, PLACE_ENDS) if choice.chance(70) else choice.of(self.small)

    def organisation(self, choice: Choice) -> str:
        turn = max(0, choice.below(14) - 2)
        makers = (
            lambda: f"{choice.of(self.family)} {choice.of(CORPORATE)}",
            lambda: f"{self.syllables(choice, VOWELS)} {choice.of(CORPORATE)}",
            lambda: f"{choice.of(VIRTUES)} {choice.of(BODIES)}",
            lambda: f"{choice.of(self.demonyms)} {choice.of(VIRTUES)} {choice.of(BODIES)}",
            lambda: f"Ministry of {choice.of(MINISTRIES)}",
            lambda: f"{self.country(choice)} {choice.of(BODIES)}",
            lambda: f"Bank of {self.city(choice)}",
            lambda: f"{self.city(choice)} {choice.of(CORPORATE)}",
            lambda: f"{self.syllables(choice, VOWELS)} {self.syllables(choice, PLACE_ENDS)}",
            lambda: f"{self.country(choice)} {choice.of(OFFICES)}",
            lambda: f"{self.syllables(choice, PLACE_ENDS)} {choice.of(CORPORATE)}",
            lambda: f"{choice.of(self.family)} {choice.of(self.family)} & Co",
        )
        return makers[turn]()

    def institution(self, choice: Choice) -> str:
        """A university, bank or court, most of them with a place in the name."""
        place = (self.city, self.village, self.country)[choice.below(3)](choice)
        return choice.of(INSTITUTIONS).format(place)

    def newspaper(self, choice: Choice) -> str:
        place = (self.city, self.country)[choice.below(2)](choice)
        return choice.of(NEWSPAPERS).format(place, self.syllables(choice, VOWELS))

    def team(self, choice: Choice) -> str:
        """A club as tables have it: a town alone, a county, a foreign club of one or two words."""
        turn = choice.below(8)
        if turn < 2:
            return choice.of(self.clubs)
        if turn < 4:
            return self.city(choice)
        if turn == 4:
            return self.village(choice)
        if turn == 5:
            return choice.of(CLUB_FRAMES).format(self.syllables(choice, PLACE_ENDS))
        if turn == 6:
            return choice.of(CLUB_FRAMES).format(choice.of(self.large))
        return self.club(choice)

    def club(self, choice: Choice) -> str:
        turn = choice.below(6)
        if turn < 3:
            return self.city(choice)
        return f"{self.city(choice)} {choice.of(CLUBS if turn < 5 else NICKNAMES)}"

    def abbreviation(self, choice: Choice) -> str:
        return "".join(choice.of("ABCDEFGIKLMNOPRSTU") for _ in range(3 + choice.below(2)))

    def state(self, choice: Choice) -> str:
        return choice.of(US_STATES)

    def water(self, choice: Choice) -> str:
        return choice.of(WATERS).format(self.village(choice))


def wire_documents() -> Iterator[tuple[str, tuple[tuple[int, int, str], ...]]]:
    names = Names()
    text = (Path(__file__).parent / "wire.txt").read_text(encoding="utf-8")
    paragraphs = [p for p in re.sub(r"(?m)^#.*\n", "", text).split("\n\n") if p.strip()]
    for turn in range(FILLINGS):
        for number, paragraph in enumerate(paragraphs):
            yield filled(paragraph.strip(), names, Choice(turn * 1009 + number + 1))


def filled(paragraph: str, names: Names, choice: Choice) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    chosen: dict[str, str] = {}
    entities: list[tuple[int, int, str]] = []
    text, at = "", 0
    for slot in SLOT.finditer(paragraph):
        text += paragraph[at : slot.start()]
        at = slot.end()
        if slot[4]:
            word = re.sub(r"\{(\^?)([A-Za-z]+)(\d?)\}", lambda m: value(m[2], m[3], chosen, names, choice, bool(m[1])), slot[5])
            kind: str | None = {"P": "PER", "L": "LOC", "O": "ORG", "M": "MISC"}[slot[4]]
        else:
            word, kind = value(slot[2], slot[3], chosen, names, choice, bool(slot[1])), KIND.get(slot[2])
        article = "the " if word.startswith("the ") else ""
        if (
            kind == "PER"
            and slot[2] == "S"
            and paragraph[: slot.start()].endswith("} ")
            and entities
            and entities[-1][1:] == (len(text) - 1, kind)
        ):
            entities[-1] = (entities[-1][0], len(text) + len(word), kind)
        elif kind:
            entities.append((len(text) + len(article), len(text) + len(word), kind))
        text += word
    return text + paragraph[at:], tuple(entities)


def value(slot: str, number: str, chosen: dict[str, str], names: Names, choice: Choice, capitals: bool) -> str:
    if slot == "n":
        return str(1 + choice.below(choice.of((9, 60, 400))))
    if slot == "d":
        return f"{1990 + choice.below(35)}-{1 + choice.below(12):02}-{1 + choice.below(28):02}"
    if slot in "w":
        word = choice.of(WEEKDAYS)
    elif slot == "m":
        word = choice.of(MONTHS)
    elif slot == "D":
        word = choice.of(names.demonyms)
    elif slot in "PSpI":
        if "P" + number not in chosen:
            chosen["P" + number], chosen["S" + number], chosen["p" + number] = names.person(choice)
            chosen["I" + number] = initials(chosen["p" + number], choice) + " " + chosen["S" + number]
        word = chosen[slot + number]
    else:
        make = {"C": names.country, "T": names.city, "V": names.village, "R": lambda c: c.of(names.regions), "O": names.organisation, "F": names.club,
                "A": names.abbreviation, "G": names.water, "L": lambda c: c.of(BROAD),
                "Z": names.state, "N": names.newspaper, "U": names.institution, "B": names.team}[slot]  # fmt: skip
        word = chosen.setdefault(slot + number, make(choice))
    return word.upper() if capitals else word


def initials(given: str, choice: Choice) -> str:
    first = given[0].upper() + "."
    return first + choice.of("ABCDGHJKLMPRSTV") + "." if choice.chance(20) else first
