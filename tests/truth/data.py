"""Data beside the pages: what the search finds, and what a folder says of itself."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from truth.facts import World
from truth.passages import Passage, plain
from truth.results import Difference, Result
from truth.tokens import tokens


def wrong_data(folder: Path, name: str, one: World, pages: Iterable[Passage], result: Result) -> Iterator[Difference]:  # fmt: skip
    """Every number and day that the search knows of a page and the page does not show; a wrong day."""
    shown: dict[str, set[str]] = defaultdict(set)
    for passage in pages:
        for cell in passage.cells:
            for line in (*cell.lines, " ".join(cell.lines)):
                shown[Path(passage.file).stem] |= {
                    _bare(t.said) for t in tokens(line, one.language)
                }
    for file, page, text in _found(folder):
        for token in tokens(plain(text), one.language) if page in shown else ():
            if _bare(token.said) in shown[page]:
                result.compared["data", "number or day"] += 1
            else:
                yield Difference(f"{name}/{file}", f"page {page}", token.said, "the page does not say it")  # fmt: skip
    yield from _audience(folder, name, one, result)


def _bare(said: str) -> str:
    """A number without its unit, which may stand in a line of its own."""
    found = re.search(r"\d[\d.,]*", said)
    return found[0].strip(".,") if found else said.lower()


def _found(folder: Path) -> Iterator[tuple[str, str, str]]:
    """File, page and text of each entry of an index: Material's, or ours in pieces."""
    index = folder / "search/search_index.json"
    if index.exists():
        for entry in json.loads(index.read_text("utf-8"))["docs"]:
            text = re.sub(r"<sup.*?</sup>|<[^>]+>", " ", entry["text"])
            yield "search/search_index.json", entry["location"].partition(".")[0], text
    for piece in sorted(folder.glob("find/*.js")):
        whole = json.loads(re.sub(r"^planwerk\.piece\(|\);?\s*$", "", piece.read_text("utf-8")))
        for page, _, parts in whole[2]:
            for _, title, text in parts:
                yield f"find/{piece.name}", page, f"{title} {text}"


def _audience(folder: Path, name: str, one: World, result: Result) -> Iterator[Difference]:
    path = folder / "AUDIENCE.json"
    if path.exists():
        said = json.loads(path.read_text("utf-8"))
        true = {"account": one.account.id, "as_of": one.today.isoformat(), "audience": one.seen.audience}  # fmt: skip
        for key, value in true.items():
            result.compared["data", "number or day"] += key == "as_of"
            if said[key] != value:
                yield Difference(f"{name}/AUDIENCE.json", key, str(said[key]), f"it is {value}")
