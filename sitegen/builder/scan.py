"""Find the files of content/, and which of them may have changed since they were read."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from stat import S_ISREG

from sitegen.builder.parsed_file import ParsedFile
from sitegen.builder.stat_signature import signature_of
from sitegen.content import read
from sitegen.content.read import Listed
from sitegen.problems import Problem


class Scan:
    """The files there are."""

    def __init__(self, root: Path, *, with_drafts: bool) -> None:
        self._root = root
        self._with_drafts = with_drafts
        self.listed: Mapping[str, Listed] = {}
        self.problems: tuple[Problem, ...] = ()
        "of finding them"

    def list_all(self) -> None:
        listed, self.problems = read.listing(self._root, self._with_drafts)
        self.listed = {one.file: one for one in listed}

    def touched(self, paths: Iterable[Path]) -> list[Listed] | None:
        """The listed files among *paths*; None where a file may have come or gone."""
        touched: dict[str, Listed] = {}
        for path in paths:
            file = path.relative_to(self._root).as_posix()
            known = self.listed.get(file)
            try:
                is_file = S_ISREG(path.lstat().st_mode)
            except OSError:
                if known is None:
                    continue  # an editor's temporary file, come and gone
                return None
            if known is None and is_file and read.is_passed_over(path.name):
                continue
            if known is None or not is_file:
                return None
            touched[file] = known
        return list(touched.values())

    def changed(self, known: Mapping[str, ParsedFile]) -> list[Listed]:
        """The listed files that don't have the stat signature that they had when they were read."""
        return [one for one in self.listed.values() if not _is_unchanged(one, known.get(one.file))]


def _is_unchanged(listed: Listed, known: ParsedFile | None) -> bool:
    return known is not None and known.signature is not None and known.signature == signature_of(listed.path)
