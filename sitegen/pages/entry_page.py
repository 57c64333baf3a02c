"""An entry's page."""

from collections.abc import Iterator

from markupsafe import Markup

from sitegen.content.passages import Folded, Found, locate
from sitegen.model import Account, Article, Citation, Entry, Passage
from sitegen.pages import structured_data, urls
from sitegen.pages.compare_labels import reasons
from sitegen.pages.compare_page import entry_comparisons
from sitegen.pages.context import RenderContext
from sitegen.pages.corrections_page import correction_views
from sitegen.pages.link_targets import passage_anchor
from sitegen.pages.memo import EntrySequence
from sitegen.pages.views import NOTHING, AccountView, Cite, EntryPage, Head, ImageView, Link, PassageView, Thread
from sitegen.text.spellings import name_key
from sitegen.timeline.chronology import neighbours
from sitegen.timeline.graph import LinkedEntry, Name
from sitegen.timeline.independence import TextCount, speakers, voices

LAYOUT = "entry.html"
_NO_CITE = Cite("", "", "")
_WITH = {"place": "in_place", "person": "with_person"}
"catalogue keys of thread labels, by the kind of the name"


def entry_page(context: RenderContext, linked: LinkedEntry, body: Markup) -> EntryPage:
    entry, words = linked.entry, context.words
    path = urls.entry_path(entry.id)
    row = context.row(linked)
    texts = context.texts_of(linked)
    compared, further = entry_comparisons(context, linked)
    return EntryPage(
        site=context.site,
        head=Head(
            title=context.title(entry),
            description=row.brief,
            canonical=context.urls.whole(path),
            json_ld=structured_data.news_article(context, linked, row.brief) if context.shows(LAYOUT, "json_ld") else NOTHING,
            kind="article",
            index=not entry.is_draft,
        ),
        id=entry.id,
        title=entry.title,
        permalink=context.urls.address(path),
        date=row.date,
        status=entry.status,
        status_word=row.status_word,
        said_by=words["list_separator"].join(_said_by(context, linked)),
        is_draft=entry.is_draft,
        is_key=entry.key,
        is_graphic=entry.graphic,
        image=_image(context, entry),
        body=body,
        people=row.people,
        places=row.places,
        tags=tuple(context.name_link(name) for name in linked.tags),
        location=context.name_link(linked.location) if linked.location else None,
        reports=context.reports_phrase(texts),
        reports_why="; ".join((*reasons(context, texts), *_voices(context, linked, texts))) if context.shows(LAYOUT, "reports_why") else "",
        accounts=tuple(account_views(context, entry)),
        compared=compared,
        compared_further=further,
        threads=tuple(_threads(context, linked)),
        backlinks=tuple(context.entry_link(other) for other in context.timeline.backlinks.get(entry.id, ())),
        corrections=tuple(correction_views(context, entry.corrections)),
        cite=structured_data.cite(context, linked) if context.shows(LAYOUT, "cite") else _NO_CITE,
        added=context.date(entry.added),
        updated=context.date(entry.updated),
        up=Link(words["up"], f"{_month_or_year(context, entry)}{urls.fragment(entry.id)}"),
    )


def account_views(context: RenderContext, entry: Entry) -> Iterator[AccountView]:
    number = 0
    for account in entry.accounts:
        if isinstance(account, Citation):
            yield _cited(context, account)
        else:
            yield _stored(context, account, number)
            number += len(account.passages)


def passage_view(context: RenderContext, article: Article, passage: Passage, number: int) -> PassageView:
    capture = context.reports[article.id].capture
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
    """The quotation with the quotation marks and dashes of the report, even if the author typed others."""
    if passage.quote.text in capture:
        return passage.quote.text
    place = locate(passage, Folded(capture))
    return " ".join(capture[place.start : place.end].split()) if isinstance(place, Found) else passage.quote.text


def _stored(context: RenderContext, account: Account, before: int) -> AccountView:
    """*before* is the number of passages in earlier accounts."""
    article = context.articles[account.article.text]
    passages = account.passages if article.publish != "none" else ()
    return AccountView(
        outlet=article.outlet,
        title=article.title,
        href=context.urls.href(urls.article_path(article.id)),
        original=article.url,
        archived=article.archive_url,
        authors=context.words["list_separator"].join(article.authors),
        published=context.date(article.published),
        retrieved=context.date(article.retrieved),
        origin=article.origin,
        language=article.language,
        passages=tuple(passage_view(context, article, passage, before + index) for index, passage in enumerate(passages, 1)),
    )


def _cited(context: RenderContext, citation: Citation) -> AccountView:
    return AccountView(
        outlet=citation.outlet,
        title=citation.title or citation.url,
        href="",
        original=citation.url,
        archived="",
        authors="",
        published=context.date(citation.published),
        retrieved=None,
        origin="",
        language="",
        passages=(),
    )


def _threads(context: RenderContext, linked: LinkedEntry) -> Iterator[Thread]:
    """Threads in time, at each place, with each person. A name that no other entry has gets no thread."""
    yield _thread(context, _sequence(context, None), linked)
    for name in (*linked.places, *linked.people):
        sequence = _sequence(context, name)
        if len(sequence.entries) > 1:
            yield _thread(context, sequence, linked)


def _sequence(context: RenderContext, name: Name | None) -> EntrySequence:
    """The entries of a name, or all entries if it is None."""
    key = (name.kind, name.id) if name else ("", "")
    sequence = context.memo.sequences.get(key)
    if sequence is None:
        entries = context.terms[name].entries if name else context.timeline.entries
        label = context.words[_WITH[name.kind]].format(name=name.text) if name else context.words["in_time"]
        href = context.name_link(name).href if name else context.site.home
        positions = {linked.entry.id: position for position, linked in enumerate(entries)}
        sequence = context.memo.sequences[key] = EntrySequence(label, href, entries, positions)
    return sequence


def _thread(context: RenderContext, sequence: EntrySequence, linked: LinkedEntry) -> Thread:
    beside = neighbours(sequence.entries, linked, sequence.positions[linked.entry.id])
    return Thread(
        sequence.label,
        sequence.href,
        context.entry_link(beside.before) if beside.before else None,
        context.entry_link(beside.after) if beside.after else None,
    )


def _voices(context: RenderContext, linked: LinkedEntry, texts: TextCount) -> Iterator[str]:
    """A remark if several reports quote fewer voices than there are reports."""
    if texts.reports < 2:
        return
    found = voices(context.public(linked.entry), context.roots, _known(context, linked))
    if found and len(found) < texts.reports:
        yield f"{context.words.count('voice', len(found))}: {context.words['list_separator'].join(found)}"


def _said_by(context: RenderContext, linked: LinkedEntry) -> tuple[str, ...]:
    if linked.entry.status in ("disputed", "retracted"):  # the speakers made the claim; they did not dispute or retract it
        return ()
    named = tuple(dict.fromkeys(passage.speaker for passage in context.public(linked.entry).passages if passage.speaker))
    return speakers(named, _known(context, linked)) if len(named) > 1 else named


def _known(context: RenderContext, linked: LinkedEntry) -> dict[str, str]:
    """Whose each spelling of the entry's people is."""
    files = ((name, context.terms[name].file) for name in linked.people)
    spelled = ((name, (name.text, *(one.name.text for one in (file.spellings if file else ())))) for name, file in files)
    return {name_key(spelling): f"={name.id}" for name, spellings in spelled for spelling in spellings}


def _image(context: RenderContext, entry: Entry) -> ImageView | None:
    if entry.image is None:
        return None
    asset = context.assets.get(entry.image.src.text)
    return ImageView(context.urls.file_href(asset.path) if asset else "", entry.image.alt, entry.image.credit)


def _month_or_year(context: RenderContext, entry: Entry) -> str:
    """The page that is sure to list the entry."""
    when = entry.when
    return context.urls.href(urls.month_path(when.years, when.month) if when.month else urls.years_path(when.years))
