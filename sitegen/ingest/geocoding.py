"""Where a place is, as far as it is certain: the gazetteer's place of that name, if what the reports and the site name speaks for it.

A point on a map is believed, so a doubtful one is left out: West is a region of Cameroon too, and most villages have a namesake. A country is
certain; a town is where its country is named, where another place of the report lies close by, or where it is a great city without a rival.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from sitegen.ingest.names.gazetteer import Location, kilometres, locate, namesakes
from sitegen.text.spellings import name_key

Point = tuple[float, float]
"latitude, longitude"

_GREAT_CITY = 500_000  # people: such a city is meant where nothing speaks for another
_RIVAL = 1 / 3  # of its people: a namesake abroad that is as large may be meant as well
_CAPITAL = 1_000_000  # people: such a city tells its country
_CLOSE_KM = 300.0
_DIRECTIONS = frozenset(
    ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "centre", "center", "central"]
)


def certain_location(place: str, beside: Iterable[str] = (), points: Sequence[Point] = ()) -> Location | None:
    """None where the gazetteer has no such place, or where it isn't certain which is meant.

    *beside* are other places that its reports name, *points* are those of the site: they tell of two namesakes which is
    meant, and make nothing certain, or each place written would vouch for the next.
    """
    key = name_key(place)
    if key.removeprefix("the ") in _DIRECTIONS:
        return None
    others = [other for name in beside if name_key(name) != key and (other := _usual(name))]
    telling = [other for other in others if other.kind == "country" or other.people >= _CAPITAL]
    close = [(other.latitude, other.longitude) for other in others if other.kind == "city"]
    found = locate(place, [*telling, *close, *points])
    countries = {other.country for other in telling}
    return found if found and (_is_certain(found, countries, close) or _is_great(found, place)) else None


@lru_cache(maxsize=20_000)
def _usual(name: str) -> Location | None:
    return locate(name)


def _is_great(found: Location, name: str) -> bool:
    rivals = (other.people for other in namesakes(name) if other.country != found.country)
    return found.kind == "city" and found.people >= _GREAT_CITY and found.people * _RIVAL > max(rivals, default=0)


def _is_certain(found: Location, countries: Collection[str], close: Sequence[Point]) -> bool:
    if found.kind == "country" or found.country == "-":
        return True
    return found.country in countries or any(kilometres((found.latitude, found.longitude), point) < _CLOSE_KM for point in close)
