"""How two compared reports are named and described on pages and in data."""

from collections.abc import Iterator

from sitegen.model import Article
from sitegen.pages.edition import Edition
from sitegen.timeline.comparisons import ComparedReports


def named(article: Article) -> str:
    return article.outlet or article.title


def seen(pair: ComparedReports) -> str:
    """What was found, in words: with the outlets' names where these tell the two apart."""
    a, b = pair.a.article, pair.b.article
    why = pair.comparison.sharing.why
    if named(a) == named(b):
        return why
    return " ".join({a.id: named(a), b.id: named(b)}.get(word, word) for word in why.replace(",", " ,").split()).replace(" ,", ",")


def texts_and_why(edition: Edition, pair: ComparedReports) -> tuple[int, str]:
    """(1 or 2, why): what the editor declares comes first, then what is seen."""
    a, b = pair.a.article, pair.b.article
    is_one = edition.roots[a.id][0] == edition.roots[b.id][0]
    declared = [edition.words[f"shares_{reason}"].format(**names) for reason, names in _declared(a, b)] if is_one else []
    return (1 if is_one else 2), "; ".join((*declared, pair.comparison.sharing.why))


def _declared(a: Article, b: Article) -> Iterator[tuple[str, dict[str, str]]]:
    for one, other in ((a, b), (b, a)):
        if one.derived_from and one.derived_from.text == other.id:
            yield "derived", {"report": one.id, "source": other.id}
            return
    if a.origin and a.origin == b.origin:
        yield "origin", {"report": a.id, "source": b.id, "origin": a.origin}
