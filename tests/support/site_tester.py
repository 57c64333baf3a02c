"""A site in a folder of its own, to write, edit, build and inspect as an editor would. Calls chain."""

import contextlib
import io
import shutil
from pathlib import Path
from typing import Self

from sitegen import cli

SETTINGS = 'title = "A site of the tests"\nbase_url = "https://example.org/"\n'


class Site:
    """`status`, `out` and `err` hold the last exit status and output of the command."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.status, self.out, self.err = 0, "", ""

    @classmethod
    def new(cls, root: Path, settings: str = SETTINGS) -> Self:
        root.mkdir(parents=True, exist_ok=True)
        return cls(root).write("sitegen.toml", settings)

    @classmethod
    def from_dir(cls, source: Path, root: Path, *, without: str = "") -> Self:
        """A copy of *source*, with default settings if it has none."""
        shutil.copytree(source, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(without))
        has_settings = (root / "sitegen.toml").exists() or (root / "pyproject.toml").exists()
        return cls(root) if has_settings else cls.new(root)

    def write(self, file: str, content: str | bytes) -> Self:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def remove(self, file: str) -> Self:
        path = self.root / file
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        return self

    def run(self, *arguments: str) -> Self:
        """`sitegen ARGUMENTS` in the site's folder."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(self.root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                self.status = cli.main(arguments)
            except SystemExit as exit_:
                self.status = exit_.code if isinstance(exit_.code, int) else 1
        self.out, self.err = out.getvalue(), err.getvalue()
        return self

    def build(self, *options: str, drafts: bool = False) -> Self:
        return self.run("build", *(["--drafts"] if drafts else []), *options)

    def succeeds(self) -> Self:
        assert self.status == 0, self.err
        return self

    def fails(self, status: int = 1) -> Self:
        assert self.status == status, self.err
        return self

    def check(self, file: str, *parts: str) -> Self:
        """A file of the output holds each of *parts*."""
        text = self.output[file].decode()
        assert [part for part in parts if part not in text] == []
        return self

    @property
    def output(self) -> dict[str, bytes]:
        """The files of site/ by path."""
        return files_below(self.root / "site")


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
