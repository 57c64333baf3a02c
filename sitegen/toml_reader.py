"""Read TOML, and report errors in it as problems."""

import re
import tomllib
from collections.abc import Iterator

from sitegen.problems import Problem, Spot, problem

_OUT_OF_RANGE = "a number or a date is out of range"


class TomlError(ValueError):
    """The text is not valid TOML, or exceeds a limit."""


def read_toml(text: str) -> dict[str, object]:
    """The table in *text*. Raises TomlError, also for an integer out of range and for deep nesting."""
    try:
        found = tomllib.loads(text)
        too_large = any(not -(2**63) <= number < 2**63 for number in _integers(found))  # TOML's own range
    except tomllib.TOMLDecodeError as error:
        raise TomlError(str(error)) from error
    except RecursionError as error:
        raise TomlError("it is nested too deeply") from error
    except ValueError as error:  # Python reads no integer of more than 4,300 digits, and no 30 February
        raise TomlError(_OUT_OF_RANGE) from error
    if too_large:
        raise TomlError(_OUT_OF_RANGE)
    return found


def _integers(value: object) -> Iterator[int]:
    """All integers in a table, at any depth."""
    if isinstance(value, int):
        yield value
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _integers(below)


def toml_problem(file: str, text: str, message: str) -> Problem:
    plain, _, place = message.partition(" (at ")
    numbers = [int(number) for number in re.findall(r"\d+", place)]
    spot = Spot(*numbers) if len(numbers) == 2 else Spot(len(text.rstrip().split("\n")))
    return problem(file, spot, f"invalid TOML: {plain}", 'write each setting as key = "text"')
