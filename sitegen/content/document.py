"""A parsed Markdown file with front matter: its fields, its text, and the problems found so far."""

from collections.abc import Callable
from dataclasses import dataclass

from sitegen.content import frontmatter
from sitegen.content.frontmatter import Fields
from sitegen.markdown import body
from sitegen.markdown.parsed import ParsedMarkdown
from sitegen.problems import Problem, Spot, problem


@dataclass(frozen=True, slots=True)
class Document:
    file: str
    id: str
    fields: Fields
    text: ParsedMarkdown
    problems: list[Problem]
    "grows while fields are read"
    is_zone: Callable[[str], bool]
    "whether a time zone exists; passed in, because the answer is in the system's files"

    def add_problem(self, spot: Spot, message: str, hint: str = "") -> None:
        self.problems.append(problem(self.file, spot, message, hint))


def opened(file: str, id: str, text: str, is_zone: Callable[[str], bool]) -> Document:  # the project's word
    """Raises FrontMatterError."""
    parts = frontmatter.split(text)
    problems: list[Problem] = []
    fields = frontmatter.parse(file, parts.yaml, problems)
    markdown, body_problems = body.read(file, parts.body, parts.body_line)
    problems += body_problems
    return Document(file, id, fields, markdown, problems, is_zone)
