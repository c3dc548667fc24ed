"""Reads the files of each audience of each account and compares them with the plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from planwerk.audience import INTERNAL, audiences, project
from planwerk.measure import measure
from planwerk.model.portfolio import Portfolio
from planwerk.read import read
from truth.chart_truth import wrong_charts
from truth.compare import Comparer
from truth.complete import disagreeing, missing
from truth.counts import with_counts
from truth.data import wrong_data
from truth.documents import read_document
from truth.facts import World, current
from truth.further import learn_further
from truth.pages import read_page
from truth.passages import Read
from truth.results import Result
from truth.slides import read_deck
from truth.sums import Sums
from truth.worlds import world

HAND_WRITTEN = {"help", "glossary", "privacy", "imprint", "history"}
"""Pages of the house's own words, and the one that tells of earlier states, which tests of their own hold."""


@dataclass
class Side:
    """One audience of one account, with the folder of an output that is for it."""

    account: str
    audience: str
    language: str
    folder: Path
    out: Path
    world: World = field(repr=False)

    @property
    def files(self) -> list[Path]:
        """Pages, documents and decks, in order."""
        found = (
            p for p in sorted(self.folder.rglob("*")) if p.suffix in (".html", ".docx", ".pptx")
        )
        return [p for p in found if p.stem not in HAND_WRITTEN]

    def read(self, files: Iterable[Path] | None = None) -> Read:
        """What stands in all files, or in some."""
        whole = Read()
        for path in self.files if files is None else files:
            name = path.relative_to(self.out).as_posix()
            whole.files.append(name)
            if path.suffix == ".html":
                whole.passages += read_page(path, name)
                continue
            reader = read_document if path.suffix == ".docx" else read_deck
            passages, charts = reader(path, name)
            whole.passages += passages
            whole.charts += charts
        return whole

    def compare(self, files: Iterable[Path] | None = None) -> Result:
        """All files, or only some of them: then nothing is said of what is missing elsewhere."""
        whole = self.read(files)
        period = current(self.world)
        of = Comparer(
            self.world, with_counts(Sums(self.world, period)), period.id if period else ""
        )
        result = of.compare(whole)
        result.files = whole.files
        result.differences += wrong_charts(of, whole.charts)
        result.differences += missing(self.world, result.seen)
        result.differences += disagreeing(result.said)
        if files is None:
            name = self.folder.relative_to(self.out).as_posix()
            pages = [p for p in whole.passages if p.format == "html"]
            result.differences += wrong_data(self.folder, name, self.world, pages, result)
        return result


def sides(
    root: Path,
    out: Path,
    accounts: Iterable[str] = (),
    language: str | None = None,
    as_of: date | None = None,
) -> Iterator[Side]:
    """Every audience that an output has a folder for; `root` holds plans/, looked at from `as_of`.

    SystemExit where the plans cannot be read.
    """
    portfolio = _measured(root, as_of)
    for account in portfolio.accounts:
        if accounts and account.id not in accounts:
            continue
        for audience in (INTERNAL, *audiences(account)):
            kind, _, partner = audience.partition(":")
            place = {INTERNAL: f"internal/accounts/{account.id}", "client": f"clients/{account.id}"}
            folder = out / place.get(kind, f"partners/{account.id}/{partner}")
            if folder.exists():
                spoken = language or account.profile.language or portfolio.workspace.language
                yield Side(account.id, audience, spoken, folder, out, _world(portfolio, account.id, audience, spoken))  # fmt: skip


def _measured(root: Path, as_of: date | None) -> Portfolio:
    reading = read(root, as_of)
    if reading.portfolio is None:
        raise SystemExit("the plans cannot be read")
    return measure(reading.portfolio)


def _world(portfolio: Portfolio, account: str, audience: str, language: str) -> World:
    one = world(project(portfolio, audience, account), account, language)
    learn_further(one, with_counts(Sums(one, current(one))))
    return one
