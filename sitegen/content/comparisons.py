"""Parse an editor's notes on how two reports differ: content/comparisons/A...B.md.

Each note is on a passage of A, on one of B, or on one of each. `check` looks for the passages in the captures, once all files are parsed.
"""

from collections.abc import Iterator

from sitegen.content.document import Document
from sitegen.content.entries import refuse_citations
from sitegen.content.frontmatter import Fields
from sitegen.content.nodes import spot_within
from sitegen.content.passages import Ambiguous, Folded, Found, InsideWord, Missing, OutOfContext, inside_word_problem, locate
from sitegen.model import Annotation, AnnotationKind, Article, Capture, Content, PairNotes, Passage, Word
from sitegen.problems import Problem, Spot, did_you_mean, note, problem
from sitegen.text.spellings import is_slug

BETWEEN = "..."
"between the ids of the two reports, in file names and addresses"
KEYS = ("annotations",)
ANNOTATION_KEYS = ("a", "b", "note", "kind")
KINDS: tuple[AnnotationKind, ...] = ("framing", "context", "correction", "dispute")


def is_pair(id: str) -> bool:  # the project's word
    """Whether *id* consists of the ids of two reports."""
    parts = id.split(BETWEEN)
    return len(parts) == 2 and all(map(is_slug, parts))


def read(document: Document) -> PairNotes | None:
    document.fields.expect(KEYS)
    refuse_citations(document)
    if not is_pair(document.id):
        return None
    a, b = document.id.split(BETWEEN)
    found = (_annotation(document, fields) for fields in document.fields.mappings("annotations", "a"))
    return PairNotes(document.id, document.file, a, b, tuple(one for one in found if one is not None))


def _annotation(document: Document, fields: Fields) -> Annotation | None:
    fields.expect(ANNOTATION_KEYS)
    a, b = fields.word("a"), fields.word("b")
    text = fields.required("note", "an annotation")
    kind = fields.choice("kind", KINDS, "framing")
    if a is None and b is None:
        document.add_problem(
            fields.spot, "an annotation needs a passage", "add a: with words from the first report, b: with words from the second, or both"
        )
        return None
    return Annotation(a, b, text.text, kind) if text else None


def order(one: Article, other: Article) -> tuple[Article, Article]:
    """The earlier report first. If they have the same date, or one has none, the ids decide."""
    first, second = sorted((one, other), key=lambda article: article.id)
    if first.published and second.published and second.published.sort_key < first.published.sort_key:
        return second, first
    return first, second


def check(content: Content) -> Iterator[Problem]:
    """Check the notes against the reports they name, and against the captures."""
    articles = {article.id: article for article in content.articles}
    for notes in content.comparisons:
        unknown = [id for id in (notes.a, notes.b) if id not in articles]
        for id in unknown:
            if id not in content.unread:
                hint = did_you_mean(id, articles) or f"add content/articles/{id}.md, or rename this file"
                yield problem(notes.file, Spot(), f"no report has the id “{id}”", hint)
        if unknown:
            continue
        if notes.a == notes.b:
            yield problem(notes.file, Spot(), "a report can’t be compared with itself", "name the file after two reports")
        elif (first := order(articles[notes.a], articles[notes.b])[0]).id != notes.a:
            hint = f"rename the file to {notes.b}...{notes.a}.md, and swap a: and b:"
            yield problem(notes.file, Spot(), f"“{first.id}” comes first: reports are ordered by publication date, then by id", hint)
        else:
            yield from _check_passages(content, notes)


def _check_passages(content: Content, notes: PairNotes) -> Iterator[Problem]:
    for id, words in ((notes.a, [one.a for one in notes.annotations]), (notes.b, [one.b for one in notes.annotations])):
        capture = content.captures.get(id)
        asked = [word for word in words if word is not None]
        if capture is None and asked and id not in content.unread:
            yield note(notes.file, asked[0].spot, f"can’t check the passages from “{id}”", f"content/captures/{id}.txt is missing")
        if capture is not None and asked:
            folded = Folded(capture.text)
            for word in asked:
                yield from _standing(notes, word, capture, folded)


def _standing(notes: PairNotes, word: Word, capture: Capture, folded: Folded) -> Iterator[Problem]:
    match locate(Passage(word), folded):
        case Missing(closest, differs_at):
            hint = f"did you mean “{closest}”?" if closest else "quote the report word for word"
            yield problem(notes.file, spot_within(word, differs_at), f"these words are not in {capture.file}", hint)
        case Ambiguous(times):
            hint = "quote more of the words around them"
            yield problem(notes.file, word.spot, f"these words appear {times} times in {capture.file}", hint)
        case InsideWord() as cut:
            yield inside_word_problem(notes.file, word, cut, capture)
        case Found() | OutOfContext():  # without a prefix or suffix, there is no context to differ
            return
