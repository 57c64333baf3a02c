"""Train the weights of sitegen.ingest.names and the list of ordinary words, from annotated texts under CC BY.

    python -m training.train_names DIRECTORY [--leave-out FOLD] [--output DIRECTORY]

DIRECTORY holds names-wikinews.jsonl, full-wikigold.jsonl, full-wnut17.jsonl, full-btc.jsonl and interviews of
names-gum-interviews-bio-voyage.jsonl; the full-*.jsonl are made by training/name_organisations.py. Sentences of our own, in
training/wire.txt, are filled with names from the gazetteer and the word lists. One thread, no chance: the same input gives the
same bytes. `--leave-out` trains without that third of the Wikinews reports, to measure on them.
"""

import argparse
import hashlib
import json
import lzma
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pycrfsuite

from sitegen.ingest.names import features, word_lists
from sitegen.ingest.names.name_tokens import NameTokens, name_tokens, runs
from training.wire_sentences import wire_documents

DATA = Path(__file__).parent.parent / "sitegen/ingest/names/data"
KINDS = {"PER": "person", "LOC": "place", "ORG": "organisation", "MISC": "other"}
FOLDS = 5
SETTINGS = {"c1": 0.02, "c2": 4.0, "max_iterations": 120, "feature.minfreq": 2, "feature.possible_transitions": False}
MOSTLY = 2
"""A word is no ordinary one if it is capitalised inside sentences more than so many times as often as it is small."""
SCALE = 50
"""Weights are kept as whole numbers, this many to one."""
DOUBT = 10
"""By so much more than in training a word must look like a name: in other texts the model is surer than it is right."""


@dataclass(frozen=True)
class Document:
    id: str
    text: str
    entities: tuple[tuple[int, int, str], ...]
    copies: int = 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--leave-out", type=int, default=-1)
    parser.add_argument("--output", type=Path, default=DATA)
    parser.add_argument("--set", action="append", default=[])
    options = parser.parse_args()
    for setting in options.set:
        key, value = setting.split("=")
        SETTINGS[key] = type(SETTINGS[key])(value)
    documents = list(gather(options.directory, options.leave_out))
    ordinary = ordinary_words(documents)
    write_ordinary(ordinary, options.output)
    weights, transitions = train(documents, ordinary)
    write_weights(weights, transitions, options.output)


def gather(directory: Path, left_out: int) -> Iterator[Document]:
    for index, document in enumerate(read(directory / "names-wikinews.jsonl")):
        if index % 3 != left_out:
            yield replace(trimmed(document), copies=2)
    for name in ("full-wikigold", "full-wnut17", "full-btc"):
        yield from (trimmed(document) for document in read(directory / f"{name}.jsonl"))
    for document in read(directory / "names-gum-interviews-bio-voyage.jsonl"):
        if document.id.startswith("GUM_interview"):
            yield trimmed(document)
    for index, (text, entities) in enumerate(wire_documents()):
        yield Document(f"wire-{index}", text, entities)


def read(path: Path) -> Iterator[Document]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Document(row["id"], row["text"], tuple((e["start"], e["end"], e["type"]) for e in row["entities"] if e["type"] in KINDS))


# --- What the sources call a name, cut to what we call one: no article, title, possessor or common noun around it.


def trimmed(document: Document) -> Document:
    honorifics = {word for word in word_lists.lists()["honorific"] if word not in ("lord", "lady", "dame", "st.")}
    titles = (
        set(word_lists.lists()["title"]) | honorifics
        if not document.id.startswith(("data/", "7train", "ng.dev", "wikigold"))
        else honorifics
    )
    kept = []
    for start, end, kind in document.entities:
        words = [(start + m.start(), start + m.end(), m[0]) for m in re.finditer(r"\S+", document.text[start:end])]
        while words and (words[0][2].lower() in ("the", "downtown") or words[0][2][0] == "@"):
            words = words[1:]
        if kind == "PER":
            while len(words) > 1 and (words[0][2].lower() in titles or (words[0][2].islower() and "-" not in words[0][2])):
                words = words[1:]
            if words and words[-1][2].islower():
                words = []
        if kind == "LOC" and len(words) > 1 and any(w[2] in ("government", "governments") for w in words):
            words = []
        while words and words[-1][2] in ("in", "of", "and"):
            words = words[:-1]
        if kind == "LOC" and all(w[2] in word_lists.demonyms() for w in words):
            kind = "MISC"
        if words:
            last = document.text[words[0][0] : words[-1][1]].rstrip(",;:")
            kept.append((words[0][0], words[0][0] + len(last), kind))
    return replace(document, entities=tuple(kept))


# --- Ordinary words: those that the texts write small.


def fold_of(document: Document) -> int:
    return int(hashlib.sha256(document.id.encode()).hexdigest(), 16) % FOLDS


def ordinary_words(documents: list[Document]) -> dict[str, Counter[int]]:
    """How often each fold writes a word small; words that are mostly capitalised where no sentence begins, like Japan, are none."""
    counts: dict[str, Counter[int]] = {}
    capitals: Counter[str] = Counter()
    for document in documents:
        for word in re.findall(r"(?<![@#\w/.])[a-z]{2,}(?![\w/])", document.text):
            counts.setdefault(word, Counter())[fold_of(document)] += 1
        if not document.id.startswith("wire"):
            capitals.update(word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+\b", document.text))
    return {word: folds for word, folds in counts.items() if capitals[word] <= MOSTLY * folds.total()}


def write_ordinary(counts: dict[str, Counter[int]], output: Path) -> None:
    kept = sorted(word for word, folds in counts.items() if folds.total() > 1)
    lines = ["# Words that the training texts write small at least twice; made by training/train_names.py.", "[ordinary]"]
    (output / "ordinary.txt").write_text("\n".join([*lines, *kept]) + "\n", encoding="utf-8")


def words_without(fold: int, counts: dict[str, Counter[int]]) -> features.WordForms:
    """The lexicon as it would be without one fold's texts, so that a text's own words don't look more known than a new one's."""
    whole = word_lists.lexicon()
    classes = {word: code.replace("w", "") for word, code in whole.classes.items()}
    for word, folds in counts.items():
        if folds.total() - folds[fold] > 1:
            classes[word] = "".join(sorted(classes.get(word, "") + "w"))
    return features.WordForms(replace(whole, classes=classes))


# --- Training.


def train(documents: list[Document], counts: dict[str, Counter[int]]) -> tuple[dict[str, dict[str, float]], dict[tuple[str, str], float]]:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=SETTINGS, verbose=False)
    lexicons = [words_without(fold, counts) for fold in range(FOLDS)]
    total = 0
    for document in documents:
        for variant in variants(document):
            for sequence, labels in examples(variant, lexicons[fold_of(document)]):
                for _ in range(document.copies):
                    trainer.append(sequence, labels)
                    total += len(labels)
    print("words in runs", total, flush=True)
    with tempfile.NamedTemporaryFile(suffix=".crfsuite") as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        info = tagger.info()
    weights: dict[str, dict[str, float]] = {}
    for (feature, label), weight in info.state_features.items():
        weights.setdefault(feature, {})[label] = weight
    return weights, dict(info.transitions)


def variants(document: Document) -> Iterator[Document]:
    """The document; a sixth of them in capitals too, as headlines and datelines are."""
    yield document
    choice = int(hashlib.sha256(document.id.encode()).hexdigest()[:8], 16) % 12
    upper = document.text.upper()
    if choice in (0, 1) and len(upper) == len(document.text) and not document.id.startswith(("data/", "7train", "ng.dev")):
        yield replace(document, text=upper)


def examples(document: Document, words: features.WordForms) -> Iterator[tuple[list[list[str]], list[str]]]:
    found = name_tokens(document.text)
    stretches = runs(found)
    labels = labels_of(found, document)
    report = features.annotated(found, stretches, words)
    for start, end in stretches:
        rows = []
        for index in range(start, end):
            row = features.joint_features(report, index, start, end)
            for offset in features.WINDOW:
                at = index + offset
                first, behind = found.bounds[index]
                row += features.word_features(found.words[at] if first <= at < behind else "", offset, words)
            rows.append(row)
        yield rows, labels[start:end]


def labels_of(found: NameTokens, document: Document) -> list[str]:
    labels = ["O"] * len(found.words)
    for start, end, kind in document.entities:
        inside = (
            [i for i, (a, b) in enumerate(zip(found.starts, found.ends, strict=True)) if start <= a and b <= end]
            if end - start < 200
            else []
        )
        if inside and found.starts[inside[0]] == start and found.ends[inside[-1]] >= end:
            for position, i in enumerate(inside):
                labels[i] = ("I-" if position else "B-") + kind
    return labels


# --- Weights as they ship: a line for each feature, its labels' weights as small whole numbers.

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC")


def write_weights(weights: dict[str, dict[str, float]], transitions: dict[tuple[str, str], float], output: Path) -> None:
    lines = [" ".join(str(round(SCALE * transitions.get((a, b), 0.0))) for b in LABELS) for a in LABELS]
    for length in range(11):  # a word has one of these features, whatever it is
        row = weights.setdefault(f"l={length}", {})
        row["O"] = row.get("O", 0.0) + DOUBT / SCALE
    for feature, row in sorted(weights.items()):
        scaled = [round(SCALE * row.get(label, 0.0)) for label in LABELS]
        if max(map(abs, scaled)) >= 2:
            lines.append(feature + "\t" + ",".join(str(w) if w else "" for w in scaled).rstrip(","))
    text = "\n".join(lines) + "\n"
    (output / "weights.txt.xz").write_bytes(lzma.compress(text.encode(), preset=9, check=lzma.CHECK_CRC32))
    print(len(lines), "features,", (output / "weights.txt.xz").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
