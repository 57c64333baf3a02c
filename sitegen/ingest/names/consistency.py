"""Make the tags of a report consistent: a name read once is read the same way elsewhere, also when it is shortened."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sitegen.ingest.names.features import AnnotatedTokens
from sitegen.ingest.names.tag_rules import EntitySpan, with_more

_NO_NAME_ALONE = frozenset("xdtTwhvDCrOo")
"classes of words that rarely name a person on their own: ordinary words, days, titles"


def consistent(names: list[EntitySpan], report: AnnotatedTokens) -> list[EntitySpan]:
    kinds: dict[tuple[str, ...], Counter[str]] = {}
    for name in names:
        kinds.setdefault(report.lower[name.start : name.end], Counter())[name.kind] += 1
    parts = _parts_of_people(kinds)
    settled = [_settled(name, report, kinds, parts) for name in names]
    return with_more(settled, _repeated(report, kinds, parts))


def _parts_of_people(kinds: dict[tuple[str, ...], Counter[str]]) -> frozenset[str]:
    """Family names of people whom the report names in full."""
    return frozenset(
        words[-1] for words, counts in kinds.items() if len(words) > 1 and counts.most_common(1)[0][0] == "PER" and len(words[-1]) > 2
    )


def _settled(name: EntitySpan, report: AnnotatedTokens, kinds: dict[tuple[str, ...], Counter[str]], parts: frozenset[str]) -> EntitySpan:
    words = report.lower[name.start : name.end]
    if name.kind == "PER":
        if len(words) == 1 and "C" in report.classes[name.start] and not _is_of_somebody(name.start, report, kinds):
            return replace(name, kind="LOC")
        counts = kinds[words]
        other, times = counts.most_common(1)[0]
        is_named_in_full = words[-1] in parts
        return replace(name, kind=other) if other != "PER" and times > 2 * counts["PER"] and not is_named_in_full else name
    if len(words) == 1 and words[0] in parts and not set(report.classes[name.start]) & set("C3"):
        return replace(name, kind="PER")
    counts = kinds[words]
    return replace(name, kind="PER") if counts["PER"] > 2 * counts[name.kind] and len(words) == 1 else name


def _is_of_somebody(index: int, report: AnnotatedTokens, kinds: dict[tuple[str, ...], Counter[str]]) -> bool:
    """Whether Jordan or Chad follows a title here, or is part of a longer name in the report."""
    if index and set(report.classes[index - 1]) & set("th"):
        return True
    return any(len(words) > 1 and report.lower[index] in words and counts["PER"] for words, counts in kinds.items())


def _repeated(report: AnnotatedTokens, kinds: dict[tuple[str, ...], Counter[str]], parts: frozenset[str]) -> Iterator[EntitySpan]:
    """Words that are part of a name elsewhere in the report, but untagged here."""
    beginnings: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(kinds, key=lambda words: (-len(words), words)):
        if len(words) > 1 or len(words[0]) > 2:
            beginnings.setdefault(words[0], []).append(words)
    for index, word in enumerate(report.lower):
        if report.shapes[index] == "a":
            continue
        speaks = index + 1 < len(report.lower) and "v" in report.classes[index + 1]
        if word in parts and _names_alone(report, index, ordinary=speaks or not report.tokens.opens[index]):
            yield EntitySpan(index, index + 1, "PER")
        for words in beginnings.get(word, ()):
            if len(words) == 1 and not _names_alone(report, index, ordinary=False):
                continue
            if report.lower[index : index + len(words)] == words and _is_free(report, index, index + len(words)):
                yield EntitySpan(index, index + len(words), kinds[words].most_common(1)[0][0])
                break


def _names_alone(report: AnnotatedTokens, index: int, ordinary: bool) -> bool:
    """Whether the word can be a name on its own; ordinary words, like Jobs, only where a capital is significant."""
    kinds = set(report.classes[index])
    return not kinds & _NO_NAME_ALONE or (ordinary and kinds == {"w"} and report.tokens.lines[index] in ("", "D"))


def _is_free(report: AnnotatedTokens, start: int, end: int) -> bool:
    """Whether no capitalised word is next to it, with which it could form a longer name."""
    words = report.tokens.words
    before = words[start - 1] if start and not report.tokens.opens[start] else ""
    after = words[end] if end < len(words) and not report.tokens.opens[end] else ""
    return not after[:1].isupper() and (
        not before[:1].isupper() or (report.classes[start - 1] != "" and set(report.classes[start - 1]) <= set("xtwhqD"))
    )
