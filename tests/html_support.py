"""What looks at the portal's HTML: the Nu checker, and what it does not ask.

The Nu checker knows the content model of every element, which no parser of Python does:
html5lib, of 2020, tells only what does not parse.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest

NU = Path(__file__).parent / "node/node_modules/vnu-jar/build/dist/vnu.jar"
MATERIAL = (
    (r"Attribute “autocomplete” is only allowed when the input type is", r'class="md-toggle"'),
    (r"Bad value “” for attribute “tabindex” on element “label”", r'for="__(nav|toc)'),
)
"""What Material's own templates do wrong: what is said of it, and in which element. Both do no
harm: the two hidden check boxes open the drawer and the search, and browsers take an empty
`tabindex` for none."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}  # fmt: skip
INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}
"""Elements that take a click; none may stand in another, but a label's own field. The title of
Material's drawer is a label with the logo's link in it."""


def nu_errors(paths: Sequence[Path]) -> list[str]:
    """What the Nu checker finds beside what Material does; skips without Java or the checker."""
    if not shutil.which("java") or not NU.exists():
        pytest.skip("the Nu checker is missing: Java, and `npm install --no-save` in tests/node")
    command = ["java", "-Xss4m", "-jar", str(NU), "--exit-zero-always", "--stdout"]
    done = subprocess.run(
        [*command, "--errors-only", "--format", "json", *map(str, paths)],
        check=True,
        capture_output=True,
        text=True,
    )
    return [
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine')}: {message['message']}"
        f" {message.get('extract', '')[:200]!r}"
        for message in json.loads(done.stdout)["messages"]
        if not _material_s(message["message"], message.get("extract", ""))
    ]


def _material_s(said: str, element: str) -> bool:
    return any(re.match(a, said) and re.search(b, element) for a, b in MATERIAL)


def faults(page: str) -> list[str]:
    """What is wrong with the structure of a page's HTML, by our own reading."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [*reader.faults, *reader.left()]


class _Reader(HTMLParser):
    """Reads a page as it is written, without the mending that browsers do."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.ids: set[str] = set()
        self.wanted: list[tuple[str, str]] = []
        self.levels: list[int] = []
        self.tables: list[_Table] = []
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._names(tag, values, [name for name, _ in attrs])
        if tag == "html":
            self.language = values.get("lang", "")
        if tag in INTERACTIVE and values.get("type") != "hidden":
            self._alone(tag, values)
        # Material's drawer has no headings; ours all stand in the article
        if re.fullmatch("h[1-6]", tag) and self._within("article"):
            self.levels.append(int(tag[1]))
        if tag == "table":
            self.tables.append(_Table(bool(self._region())))
        elif self.tables and self._within("table"):
            self.tables[-1].add(tag, values)
        if tag not in VOID:
            self.open.append((tag, values))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            within = self.open[-1][0] if self.open else "nothing"
            self.faults.append(f"</{tag}> closes <{within}>")
            while self.open and self._within(tag) and self.open[-1][0] != tag:
                self.open.pop()
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self.open)

    def _region(self) -> bool:
        return any(
            values.get("role") == "region" and values.get("aria-label") for _, values in self.open
        )

    def _names(self, tag: str, values: dict[str, str], names: list[str]) -> None:
        """Ids that are there twice, and those that somebody points at."""
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        if "id" in values:
            if values["id"] in self.ids or not values["id"] or re.search(r"\s", values["id"]):
                self.faults.append(f"id {values['id']!r} is there twice, empty or has a space")
            self.ids.add(values["id"])
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"):
            self.wanted += [(name, one) for one in values.get(name, "").split()]

    def _alone(self, tag: str, values: dict[str, str]) -> None:
        for name, above in self.open:
            field = name == "label" and tag in ("input", "select")
            if name in INTERACTIVE and not field and "md-nav__title" not in above.get("class", ""):
                self.faults.append(f"<{tag}> stands in <{name}>: {values}")

    def left(self) -> Iterator[str]:
        """What only the end of the page tells."""
        yield from (f"<{tag}> is not closed" for tag, _ in self.open)
        yield from (
            f"{name}={one!r} names nothing" for name, one in self.wanted if one not in self.ids
        )
        if self.language not in ("de", "en"):
            yield f"language {self.language!r}"
        if self.levels[:1] != [1] or self.levels.count(1) != 1:
            yield f"headings {self.levels} have not one <h1>, first"
        for before, level in zip(self.levels, self.levels[1:], strict=False):
            if level > before + 1:
                yield f"<h{level}> comes after <h{before}>"
        for table in self.tables:
            yield from table.faults()


class _Table:
    """The rows of one table as widths, and whether they are headed."""

    def __init__(self, named: bool) -> None:
        self.named = named
        self.rows: list[int] = []
        self.reach: list[tuple[int, int]] = []
        self.heads = 0

    def add(self, tag: str, values: dict[str, str]) -> None:
        if tag == "tr":
            self.rows.append(sum(wide for until, wide in self.reach if until > len(self.rows)))
        if tag in ("td", "th") and self.rows:
            wide, high = int(values.get("colspan") or 1), int(values.get("rowspan") or 1)
            self.rows[-1] += wide
            self.reach.append((len(self.rows) - 1 + high, wide) if high > 1 else (0, 0))
        if tag == "th":
            self.heads += 1
            if not values.get("scope"):
                self.heads = -1000

    def faults(self) -> Iterator[str]:
        if len(set(self.rows)) > 1:
            yield f"a table's rows are {sorted(set(self.rows))} cells wide"
        if self.heads <= 0:
            yield "a table has no headings, or some without scope"
        if not self.named:
            yield "a table stands in no region with a name"
