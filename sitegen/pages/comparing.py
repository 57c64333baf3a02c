"""How two compared reports are named and described on pages."""

from sitegen.model import Article
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
