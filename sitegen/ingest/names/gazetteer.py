"""Locate places: countries, first-level regions and cities, by any of their names.

Among places of one name, the country and the distance to other known places decide. Data: GeoNames, https://www.geonames.org, CC BY 4.0;
the table of countries is our own.

"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from sitegen.ingest.names.word_lists import countries, gazetteer_rows
from sitegen.text.spellings import name_key, transliteration_key

PlaceKind = Literal["country", "region", "city"]
_REGION_WORDS = ("province", "region", "oblast", "state", "governorate", "prefecture", "county", "district", "department")
_CITY_WORDS = ("city", "town")
_EARTH_KM = 6371.0
_SAME_COUNTRY, _CITY_FIRST, _OWN_NAME, _COUNTRY_FIRST = 3.0, 1.3, 0.8, 9.0
_NEARNESS = ((300.0, 2.5), (1000.0, 1.5), (3000.0, 0.5))
"kilometres to the nearest known place, and the score they add to a candidate"


@dataclass(frozen=True, slots=True)
class Location:
    name: str
    kind: PlaceKind
    country: str
    "ISO 3166, or - if it is in several countries"
    latitude: float
    longitude: float
    people: int
    "population; 0 if unknown"
    why: str = ""


def locate(name: str, near: Iterable[str | Location | tuple[float, float]] = (), country: str = "") -> Location | None:
    """The place of that name; among several, the one near the others.

    *near* are names, locations or (latitude, longitude) of known places; *country* is the report's, as a name or a code.

    """
    found = list(_candidates(name))
    if not found:
        return None
    points, codes = _surroundings(near, country)
    scored = sorted(
        ((_score(place, own, points, codes), place) for place, own in found), key=lambda pair: (-pair[0], pair[1].name, pair[1].latitude)
    )
    best = scored[0][1]
    return _explained(best, len(found), points, codes)


def namesakes(name: str) -> tuple[Location, ...]:
    """All places that have this name as their own."""
    return tuple(place for place, is_own in _candidates(name) if is_own)


@lru_cache(maxsize=20_000)
def identity(name: str) -> tuple[str, float, float] | None:
    """The default place of a name, which all names of that place share."""
    place = locate(name)
    return (place.kind, place.latitude, place.longitude) if place else None


def same_place(one: str, other: str) -> str:
    """Why two names may mean one place; empty if they need not."""
    if name_key(one) == name_key(other):
        return "one spelling"
    first, second = identity(one), identity(other)
    if first and first == second:
        return "two names of one place in GeoNames" if first[0] != "country" else "two names of one country"
    if transliteration_key(one) == transliteration_key(other) and len(name_key(one)) > 3:
        return "transliterations of one name"
    return ""


@lru_cache(maxsize=20_000)
def place_keys(name: str) -> tuple[str, ...]:
    """Blocking keys: names that `same_place` accepts share at least one."""
    place = identity(name)
    return (f"= {name_key(name)}", f"loose {transliteration_key(name)}", *((f"at {place}",) if place else ()))


def _candidates(name: str) -> Iterator[tuple[Location, bool]]:
    """Places of that name, and whether it is their own name rather than one in another language."""
    key, wanted = _asked(name)
    if not wanted:
        yield from ((place, True) for place in _countries_by_key().get(name_key(key), ()))
    sought = transliteration_key(key)
    rows = gazetteer_rows()
    for index in _rows_by_key().get(sought, ()):
        kind, title, country, _, latitude, longitude, people, keys = rows[index]
        if kind in (wanted or kind):
            place = Location(title, "city" if kind == "city" else "region", country, float(latitude), float(longitude), int(people))
            yield place, keys.split("|", 1)[0] == sought


def _asked(name: str) -> tuple[str, str]:
    """The name without a word for its kind, and that kind: “Donetsk province” is a region."""
    plain = name.removeprefix("the ").removeprefix("The ").strip()
    head, _, last = plain.rpartition(" ")
    if head and last.lower() in _REGION_WORDS:
        return head, "region"
    if head and last.lower() in _CITY_WORDS and transliteration_key(plain) not in _rows_by_key():
        return head, "city"
    return plain, ""


@cache
def _countries_by_key() -> dict[str, tuple[Location, ...]]:
    found: dict[str, tuple[Location, ...]] = {}
    for land in countries():
        place = Location(land.name, "country" if land.code != "-" else "region", land.code, land.latitude, land.longitude, 0)
        for name in land.names:
            found[name_key(name)] = (*found.get(name_key(name), ()), place)
    return found


@cache
def _rows_by_key() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for index, row in enumerate(gazetteer_rows()):
        for key in row[7].split("|"):
            found[key] = (*found.get(key, ()), index)
    return found


def _surroundings(near: Iterable[str | Location | tuple[float, float]], country: str) -> tuple[list[tuple[float, float]], set[str]]:
    """Coordinates of the known places, and their countries."""
    points, codes = [], set()
    for known in near:
        place = locate(known) if isinstance(known, str) else known
        if isinstance(place, Location):
            codes.add(place.country)
            if place.kind != "country":
                points.append((place.latitude, place.longitude))
        elif place is not None:
            points.append(place)
    if country:
        land = _countries_by_key().get(name_key(country), ())
        codes.add(land[0].country if land else country.upper())
    return points, codes - {"-"}


def _score(place: Location, is_own_name: bool, points: list[tuple[float, float]], codes: set[str]) -> float:
    score = math.log10(place.people + 10) + _OWN_NAME * is_own_name
    if place.kind == "country":
        score += _COUNTRY_FIRST
    if place.kind == "city":
        score += _CITY_FIRST
    if place.country in codes:
        score += _SAME_COUNTRY
    distance = min((kilometres((place.latitude, place.longitude), point) for point in points), default=math.inf)
    return score + next((gain for limit, gain in _NEARNESS if distance < limit), 0.0)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance. Source: the haversine formula."""
    (a, b), (c, d) = ((math.radians(x) for x in point) for point in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def _explained(place: Location, count: int, points: list[tuple[float, float]], codes: set[str]) -> Location:
    if place.kind == "country":
        why = "the country of that name"
    elif count == 1:
        why = "the only place of that name in the gazetteer"
    elif place.country in codes:
        why = f"of {count} places of that name, the one in a country that is named with it"
    elif points:
        why = f"of {count} places of that name, the one that lies by others that are named with it"
    else:
        why = f"of {count} places of that name, the largest"
    return Location(place.name, place.kind, place.country, place.latitude, place.longitude, place.people, why)
