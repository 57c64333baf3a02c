"""Create files of a site. No existing file is overwritten, and if one file can't be written, none is kept."""

import contextlib
import datetime
import errno
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import yaml

from sitegen.content.parse import parse_file
from sitegen.content.read import Source, read
from sitegen.model import Person, Place
from sitegen.problems import Problem, Spot, note, problem
from sitegen.text.spellings import name_key, slug

SITE = Path(__file__).with_name("site")
"the files of a new site"

DOT_FILES = ("github", "gitignore")
"stored without their dot, so that git and GitHub don't use them for this project"

WORKFLOW = ".github/workflows/pages.yml"
_NO_ORIGIN = 'SITEGEN: ""'
_HINTS = {
    errno.EEXIST: "sitegen won’t overwrite it; move it out of the way",
    errno.ENAMETOOLONG: "use fewer words",
    errno.ENOSPC: "free some space on the disk",
}


@dataclass(frozen=True, slots=True)
class Created:
    files: tuple[str, ...] = ()
    "written, relative to the site's folder, with forward slashes"
    problems: tuple[Problem, ...] = ()
    "unless these are only notes, nothing was written"


def new_site(folder: Path) -> Created:
    """Write a small site that builds. The folder must be new or empty, except for a .git folder."""
    try:
        names = [path.name for path in folder.iterdir()] if folder.exists() else []
    except OSError as error:
        return _refused(folder.as_posix(), f"can’t create a site here: {error.strerror}", "choose another folder")
    if any(name != ".git" for name in names):
        return _refused(folder.as_posix(), "this folder is not empty", "choose an empty or a new folder; nothing was written")
    files = site_files(origin(_direct_url()))
    created = write(folder, files)
    return Created(created.files, created.problems or tuple(_unknown_origin(files[WORKFLOW].decode())))


def new_entry(root: Path, title: str, today: datetime.date) -> Created:
    """Write an entry dated *today*; its author edits the date."""
    title = _folded(title)
    return _new_file(root, "entries", title, _entry(title, today), "choose another title, or continue that entry")


def new_person(root: Path, name: str) -> Created:
    return _new_name(root, "people", name, "kind: person  # or organisation")


def new_place(root: Path, name: str) -> Created:
    return _new_name(root, "places", name, "# kind: city\n# within: the place that contains it\n# latitude: 48.59\n# longitude: 38.00")


def site_files(origin: str) -> dict[str, bytes]:
    """The files of a new site, by path. Its workflow installs sitegen from *origin*, unless that is empty."""
    files: dict[str, bytes] = {}
    for path in sorted(SITE.rglob("*")):
        if path.is_file():
            file = path.relative_to(SITE).as_posix()
            files["." + file if file.startswith(DOT_FILES) else file] = path.read_bytes()
    if origin:
        files[WORKFLOW] = files[WORKFLOW].replace(_NO_ORIGIN.encode(), f"SITEGEN: {json.dumps(origin)}".encode())
    return files


def origin(direct_url: str | None) -> str:
    """What to `pip install` on another machine to get this version, from the record of its installation; empty if others can't reach it.

    Source: PEP 610, direct_url.json.
    """
    record = json.loads(direct_url or "{}")
    repository = record.get("vcs_info")
    if not repository or not record["url"].startswith("https://"):
        return ""
    return f"{repository['vcs']}+{record['url']}@{repository['commit_id']}"


def write(root: Path, files: Mapping[str, bytes]) -> Created:
    """Write all files, or none if one of them exists or can't be written."""
    made: list[Path] = []
    for file, data in files.items():
        try:
            _write_file(root / file, data, made)
        except OSError as error:
            _take_back(made)
            hint = _HINTS.get(error.errno or 0, "check the folder’s permissions")
            return _refused(file, f"can’t write this file: {error.strerror}", hint)
    return Created(tuple(files))


def _new_name(root: Path, folder: str, name: str, lines: str) -> Created:
    name = _folded(name)
    text = f"---\n{_line('name', name)}{lines}\nspellings: []\n# role: a few words, shown beside the name\n---\n"
    return _new_file(root, folder, name, text, "edit that file, and add other spellings to its spellings")


def _new_file(root: Path, folder: str, name: str, text: str, hint: str) -> Created:
    """Write content/FOLDER/ID.md, with an id made from *name*. *hint* is used if the name or the id is taken."""
    new_id = slug(name)
    if not new_id:
        return _refused(f"content/{folder}", f"can’t make an id from “{name}”", "use a letter or a digit")
    sources, _ = read(root, with_drafts=True)
    if holder := _holder_of_id(sources, folder, new_id):
        return _refused(holder, f"the id “{new_id}” is already taken", hint)
    if holder := _holder_of_name(sources, folder, name):
        return _refused(holder, f"this file already has the name “{name}”", hint)
    return write(root, {f"content/{folder}/{new_id}.md": text.encode()})


def _holder_of_id(sources: Iterable[Source], folder: str, new_id: str) -> str:
    folders = ("entries", "drafts") if folder == "entries" else (folder,)
    return next((source.file for source in sources if source.folder in folders and source.id == new_id), "")


def _holder_of_name(sources: Iterable[Source], folder: str, name: str) -> str:
    """The file of a person or a place with this name or spelling; empty if there is none."""
    for source in sources:
        fact = parse_file(source).fact if source.folder == folder else None
        if isinstance(fact, Person | Place):
            names = (fact.name.text, *(spelling.name.text for spelling in fact.spellings))
            if name_key(name) in map(name_key, names):
                return source.file
    return ""


def _entry(title: str, today: datetime.date) -> str:
    return (
        f"---\n{_line('title', title)}"
        f"date: {today}  # when it happened, no more precise than you know: 2023-04-07, 2023-04, 2023-04-07~ (about)\n"
        "status: reported  # expected, reported, disputed, confirmed or retracted\n"
        "people: []\n"
        "places: []\n"
        "tags: []\n"
        "# accounts:\n"
        "#   - article: the id of a report\n"
        "#     passages:\n"
        "#       - quote: words of the report, exactly as in its capture\n"
        f"added: {today}\n---\n"
    )


def _line(key: str, value: str) -> str:
    """`key: value`, with quotation marks if YAML needs them."""
    line: str = yaml.safe_dump({key: value}, allow_unicode=True, width=len(value) + 1000)
    return line


def _folded(text: str) -> str:
    """*text* with white space folded, and “?” for bytes of the command line that aren't text."""
    return " ".join(text.encode(errors="replace").decode().split())


def _direct_url() -> str | None:
    try:
        return metadata.distribution("sitegen").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return None


def _unknown_origin(workflow: str) -> Iterator[Problem]:
    before, nowhere, _ = workflow.partition(_NO_ORIGIN)
    if nowhere:
        spot = Spot(before.count("\n") + 1, 3)
        hint = "set it before you publish; the comment above it explains how"
        yield note(WORKFLOW, spot, "the workflow doesn’t say yet where GitHub finds sitegen", hint)


def _write_file(path: Path, data: bytes, made: list[Path]) -> None:
    """Write a file and its folders, adding each to *made* as soon as it exists."""
    for folder in reversed(path.parents):
        if not folder.is_dir():
            folder.mkdir()
            made.append(folder)
    with path.open("xb") as stream:
        made.append(path)
        stream.write(data)


def _take_back(made: Iterable[Path]) -> None:
    for path in reversed([*made]):
        with contextlib.suppress(OSError):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()


def _refused(file: str, message: str, hint: str) -> Created:
    return Created(problems=(problem(file, Spot(), message, hint),))
