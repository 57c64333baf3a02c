"""An entry's own page."""

from collections.abc import Iterator

from markupsafe import Markup

from sitegen.content.passages import Folded, Found, locate
from sitegen.model import Account, Article, Citation, Entry, Passage
from sitegen.pages import structured, urls
from sitegen.pages.bodies import passage_anchor
from sitegen.pages.compared import entry_comparisons
from sitegen.pages.comparing import reasons
from sitegen.pages.corrections import correction_views
from sitegen.pages.edition import Edition
from sitegen.pages.made import Trail
from sitegen.pages.views import NOTHING, AccountView, Cite, EntryPage, Head, ImageView, Link, PassageView, Thread
from sitegen.text.spellings import name_key
from sitegen.timeline.chronology import neighbours
from sitegen.timeline.graph import LinkedEntry, Name
from sitegen.timeline.independence import TextCount, speakers, voices

LAYOUT = "entry.html"
LONGEST_FRAGMENT = 80
"characters of a quotation that a text fragment holds; a longer one is given by its first and last words"
_NO_CITE = Cite("", "", "")
_WITH = {"place": "in_place", "person": "with_person"}
"the catalogue's label of a thread, by its name's kind"


def entry_page(edition: Edition, linked: LinkedEntry, body: Markup) -> EntryPage:
    entry, words = linked.entry, edition.words
    path = urls.entry_path(entry.id)
    row = edition.row(linked)
    texts = edition.texts_of(linked)
    compared, further = entry_comparisons(edition, linked)
    return EntryPage(
        site=edition.site,
        head=Head(
            title=edition.title(entry),
            description=row.brief,
            canonical=edition.urls.whole(path),
            json_ld=structured.news_article(edition, linked, row.brief) if edition.shows(LAYOUT, "json_ld") else NOTHING,
            kind="article",
            index=not entry.is_draft,
        ),
        id=entry.id,
        title=entry.title,
        permalink=edition.urls.whole(path) or edition.urls.href(path),
        date=row.date,
        status=entry.status,
        status_word=row.status_word,
        said_by=words["list_separator"].join(_said_by(edition, linked)),
        is_draft=entry.is_draft,
        is_key=entry.key,
        is_graphic=entry.graphic,
        image=_image(edition, entry),
        body=body,
        people=row.people,
        places=row.places,
        tags=tuple(edition.name_link(name) for name in linked.tags),
        location=edition.name_link(linked.location) if linked.location else None,
        reports=edition.reports_phrase(texts),
        reports_why="; ".join((*reasons(edition, texts), *_voices(edition, linked, texts))) if edition.shows(LAYOUT, "reports_why") else "",
        accounts=tuple(account_views(edition, entry)),
        compared=compared,
        compared_further=further,
        threads=tuple(_threads(edition, linked)),
        backlinks=tuple(edition.entry_link(other) for other in edition.timeline.backlinks.get(entry.id, ())),
        corrections=tuple(correction_views(edition, entry.corrections)),
        cite=structured.cite(edition, linked) if edition.shows(LAYOUT, "cite") else _NO_CITE,
        added=edition.date(entry.added),
        updated=edition.date(entry.updated),
        up=Link(words["up"], f"{_month_or_year(edition, entry)}{urls.fragment(entry.id)}"),
    )


def account_views(edition: Edition, entry: Entry) -> Iterator[AccountView]:
    number = 0
    for account in entry.accounts:
        if isinstance(account, Citation):
            yield _cited(edition, account)
        else:
            yield _stored(edition, account, number)
            number += len(account.passages)


def passage_view(edition: Edition, article: Article, passage: Passage, number: int) -> PassageView:
    capture = edition.reports[article.id].capture
    quote = own_words(passage, capture.text) if capture else passage.quote.text
    return PassageView(
        anchor=passage_anchor(passage, number),
        number=number,
        quote=quote,
        speaker=passage.speaker,
        note=passage.note,
        original=urls.text_fragment(article.url, quote),
        archived=article.archive_url,
        is_verified=capture is not None,
    )


def own_words(passage: Passage, capture: str) -> str:
    """The quotation with the report's own quotation marks and dashes, where the author typed others."""
    if passage.quote.text in capture:
        return passage.quote.text
    place = locate(passage, Folded(capture))
    return " ".join(capture[place.start : place.end].split()) if isinstance(place, Found) else passage.quote.text


def _stored(edition: Edition, account: Account, before: int) -> AccountView:
    """*before* is the number of passages in the accounts above."""
    article = edition.articles[account.article.text]
    passages = account.passages if article.publish != "none" else ()
    return AccountView(
        outlet=article.outlet,
        title=article.title,
        href=edition.urls.href(urls.article_path(article.id)),
        original=article.url,
        archived=article.archive_url,
        authors=edition.words["list_separator"].join(article.authors),
        published=edition.date(article.published),
        retrieved=edition.date(article.retrieved),
        origin=article.origin,
        language=article.language,
        passages=tuple(passage_view(edition, article, passage, before + index) for index, passage in enumerate(passages, 1)),
    )


def _cited(edition: Edition, citation: Citation) -> AccountView:
    return AccountView(
        outlet=citation.outlet,
        title=citation.title or citation.url,
        href="",
        original=citation.url,
        archived="",
        authors="",
        published=edition.date(citation.published),
        retrieved=None,
        origin="",
        language="",
        passages=(),
    )


def _threads(edition: Edition, linked: LinkedEntry) -> Iterator[Thread]:
    """In time, at each place, with each person; a name that only this entry tells has no thread."""
    yield _thread(edition, _trail(edition, None), linked)
    for name in (*linked.places, *linked.people):
        trail = _trail(edition, name)
        if len(trail.entries) > 1:
            yield _thread(edition, trail, linked)


def _trail(edition: Edition, name: Name | None) -> Trail:
    """Of a name, or of time where it is None."""
    key = (name.kind, name.id) if name else ("", "")
    trail = edition.made.trails.get(key)
    if trail is None:
        entries = edition.terms[name].entries if name else edition.timeline.entries
        label = edition.words[_WITH[name.kind]].format(name=name.text) if name else edition.words["in_time"]
        href = edition.name_link(name).href if name else edition.site.home
        positions = {linked.entry.id: position for position, linked in enumerate(entries)}
        trail = edition.made.trails[key] = Trail(label, href, entries, positions)
    return trail


def _thread(edition: Edition, trail: Trail, linked: LinkedEntry) -> Thread:
    beside = neighbours(trail.entries, linked, trail.positions[linked.entry.id])
    return Thread(
        trail.label,
        trail.href,
        edition.entry_link(beside.before) if beside.before else None,
        edition.entry_link(beside.after) if beside.after else None,
    )


def _voices(edition: Edition, linked: LinkedEntry, texts: TextCount) -> Iterator[str]:
    """Told where several reports quote the same few."""
    if texts.reports < 2:
        return
    found = voices(edition.public(linked.entry), edition.roots, _known(edition, linked))
    if found and len(found) < texts.reports:
        yield f"{edition.words.count('voice', len(found))}: {edition.words['list_separator'].join(found)}"


def _said_by(edition: Edition, linked: LinkedEntry) -> tuple[str, ...]:
    if linked.entry.status in ("disputed", "retracted"):  # who is quoted told it, and took nothing back
        return ()
    told = tuple(dict.fromkeys(passage.speaker for passage in edition.public(linked.entry).passages if passage.speaker))
    return speakers(told, _known(edition, linked)) if len(told) > 1 else told


def _known(edition: Edition, linked: LinkedEntry) -> dict[str, str]:
    """For each spelling of the entry's people, whose it is."""
    files = ((name, edition.terms[name].file) for name in linked.people)
    spelled = ((name, (name.text, *(one.name.text for one in (file.spellings if file else ())))) for name, file in files)
    return {name_key(spelling): f"={name.id}" for name, spellings in spelled for spelling in spellings}


def _image(edition: Edition, entry: Entry) -> ImageView | None:
    if entry.image is None:
        return None
    asset = edition.assets.get(entry.image.src.text)
    return ImageView(edition.urls.file_href(asset.path) if asset else "", entry.image.alt, entry.image.credit)


def _month_or_year(edition: Edition, entry: Entry) -> str:
    """The page that surely lists the entry."""
    when = entry.when
    return edition.urls.href(urls.month_path(when.years, when.month) if when.month else urls.years_path(when.years))
