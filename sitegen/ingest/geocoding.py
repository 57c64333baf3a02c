"""Find the coordinates of a place in the gazetteer, if it is certain which place is meant.

Readers trust a point on a map, so doubtful ones are left out: West is also a region of Cameroon, and most villages have a namesake. Countries
are certain. A town is certain if the reports name its country or another place nearby, or if it is a large city without a rival.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from sitegen.ingest.names.gazetteer import Location, kilometres, locate, namesakes
from sitegen.text.spellings import name_key

Point = tuple[float, float]
"latitude, longitude"

_LARGE_CITY = 500_000  # people: such a city is meant unless another is more likely
_RIVAL = 1 / 3  # of its people: a namesake abroad of this size may be meant as well
_METROPOLIS = 1_000_000  # people: naming such a city implies its country
_CLOSE_KM = 300.0
_DIRECTIONS = frozenset(
    ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "centre", "center", "central"]
)


def certain_location(place: str, beside: Iterable[str] = (), points: Sequence[Point] = ()) -> Location | None:
    """Return None if the gazetteer has no such place, or if it isn't certain which one is meant.

    *beside* are other places in the same reports. *points* are coordinates of the site's places: they choose between namesakes, but make
    nothing certain, because otherwise every place that is written would confirm the next.
    """
    key = name_key(place)
    if key.removeprefix("the ") in _DIRECTIONS:
        return None
    others = [other for name in beside if name_key(name) != key and (other := _default_location(name))]
    with_country = [other for other in others if other.kind == "country" or other.people >= _METROPOLIS]
    close = [(other.latitude, other.longitude) for other in others if other.kind == "city"]
    found = locate(place, [*with_country, *close, *points])
    countries = {other.country for other in with_country}
    return found if found and (_is_certain(found, countries, close) or _is_large_city(found, place)) else None


@lru_cache(maxsize=20_000)
def _default_location(name: str) -> Location | None:
    return locate(name)


def _is_large_city(found: Location, name: str) -> bool:
    rivals = (other.people for other in namesakes(name) if other.country != found.country)
    return found.kind == "city" and found.people >= _LARGE_CITY and found.people * _RIVAL > max(rivals, default=0)


def _is_certain(found: Location, countries: Collection[str], close: Sequence[Point]) -> bool:
    if found.kind == "country" or found.country == "-":
        return True
    return found.country in countries or any(kilometres((found.latitude, found.longitude), point) < _CLOSE_KM for point in close)
