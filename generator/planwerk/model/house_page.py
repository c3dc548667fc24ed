"""The house's own pages of the portals: `site/imprint.de.md` and its like, beside `plans/`."""

import re
from collections.abc import Iterator
from typing import ClassVar

from planwerk.model.record import Record
from planwerk.model.types import Prose, Title

FOLDER = "site"
"""The folder beside `plans/`."""
IMPRINT, PRIVACY, HELP = "imprint", "privacy", "help"
NAME = re.compile(r"(?P<name>imprint|privacy|help)\.(?P<language>de|en)\.md")
NAMES = tuple(f"{name}.{code}.md" for name in (IMPRINT, PRIVACY, HELP) for code in ("de", "en"))
MARK = re.compile(r"\bTODO\b")
"""What stands where something still has to be filled in."""


class HousePage(Record):
    """A page that the house wrote, for every reader; `title` is "" where it begins without one.

    `unfinished` says that something on it still has to be filled in.
    """

    name: str
    language: str
    title: Title = ""
    body: Prose = ""
    unfinished: bool = False
    released: ClassVar[frozenset[str]] = frozenset({"name", "language", "title", "body"})


def titled(text: str) -> tuple[str, str]:
    """The title that a text begins with ("" for none), and what follows it."""
    first, _, rest = text.lstrip().partition("\n")
    return (first[2:].strip(), rest) if first.startswith("# ") else ("", text)


def unfinished(text: str) -> Iterator[tuple[int, int, int]]:
    """Line and column (from 1) and width of each mark that something is to be filled in."""
    for found in MARK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield line, found.start() - text.rfind("\n", 0, found.start()), len(found.group())
