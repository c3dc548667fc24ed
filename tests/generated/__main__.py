"""Makes generated plans and all Office files of each, and looks for what is wrong with them.

    python -m tests.generated [COUNT] [--kind documents|decks|all] [--seed N] [--first NUMBER]
        [--only NUMBER] [--plans FOLDER] [--render N] [--each] [--out FOLDER]

Every file passes our own checks of its structure and the Open XML SDK validator (many documents
bound into one, for it starts anew for each; `--each`: every file by itself). Of every N-th plan
(`--render`, 0: none) LibreOffice makes pages: no word stands outside its page or on another, the
plan on a page has one. What fails is kept in FOLDER with the plan it was made of. 0: nothing is wrong.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import office_support
from generated.files import read_back, written
from generated.office import BRANDS, KINDS, Made, bound, damaged, faults, files, saved
from generated.plans import generated
from planwerk.model.portfolio import Portfolio

AT_ONCE = 40
"""Documents that the validator is given as one."""
MOMENTS = 3600
"""Seconds that LibreOffice has for the files of one plan: two hundred long rows are 600 slides."""


class Run:
    """A run: what was made, what waits for the validator, what was found."""

    def __init__(self, asked: argparse.Namespace, work: Path) -> None:
        self.asked, self.work = asked, work
        self.waiting: list[Path] = []
        self.found: list[str] = []
        self.counts: Counter[str] = Counter()

    def plan(self, number: int) -> None:
        """One generated plan: written, read back, its files made and looked at."""
        folder = self.work / f"{number:04}"
        recipe, portfolio = generated(number, self.asked.seed)
        written(portfolio, folder)
        self.look(number, recipe.name, read_back(folder), folder)

    def accounts(self, root: Path) -> None:
        """The accounts of a workspace of which most is known, as many as are asked for."""
        whole = read_back(root)
        fullest = sorted(
            whole.accounts, key=lambda account: (-len(account.model_dump_json()), account.id)
        )
        for number, account in enumerate(fullest[: self.asked.count]):
            folder = self.work / account.id
            folder.mkdir()
            alone = whole.model_copy(update={"accounts": (account,)})
            self.look(number, account.id, alone, folder)

    def look(self, number: int, name: str, portfolio: Portfolio, folder: Path) -> None:
        """Make all files of a plan, in `folder`, and look at them."""
        begun = time.process_time()
        brand = BRANDS[number // 2 % len(BRANDS)]
        made = list(files(portfolio, self.asked.kind, brand))
        took = time.process_time() - begun
        self.counts["plans"] += 1
        self.counts["files"] += len(made)
        wrong = [f"{number:04} {name}: {fault}" for one in made for fault in faults(one)]
        paths = [saved(one, folder) for one in made]
        self.waiting += paths
        if self.asked.render and number % self.asked.render == 0:
            wrong += [f"{number:04} {name}: {fault}" for fault in self.rendered(made, paths)]
        if wrong:
            self.told(wrong)
            self.keep(folder)
        print(f"{number:04} {name:<16} {brand:<9} {len(made):3} files {took:6.2f} s CPU", flush=True)  # fmt: skip
        if len(self.waiting) >= AT_ONCE:
            self.validate()

    def rendered(self, made: Sequence[Made], paths: Sequence[Path]) -> list[str]:
        """What is wrong with the pages of these files."""
        out = []
        for one, pdf in zip(
            made, office_support.render_pdf(paths, paths[0].parent, MOMENTS), strict=True
        ):
            pages = len(office_support.page_words(pdf))
            self.counts["pages"] += pages
            self.counts["rendered"] += 1
            out += office_support.misplaced(pdf)
            if one.one_page and pages != 1:
                out.append(f"{one.name}: {pages} pages")
        return out

    def validate(self) -> None:
        """Give the validator what waits."""
        waiting, self.waiting = self.waiting, []
        documents = [path for path in waiting if path.suffix == ".docx"]
        single = waiting if self.asked.each else [p for p in waiting if p not in documents]
        if documents and not self.asked.each:
            whole = self.work / "bound.docx"
            whole.write_bytes(bound([path.read_bytes() for path in documents]))
            single += documents if office_support.sdk_errors([whole])[whole] else []
        for path, errors in office_support.sdk_errors(single).items():
            if errors:
                self.told([f"{path.parent.name}: {path.name}: {error}" for error in errors])
                self.keep(path.parent)
        self.counts["validated"] += len(waiting)
        for folder in {path.parent for path in waiting}:
            shutil.rmtree(folder, ignore_errors=True)

    def keep(self, folder: Path) -> None:
        """The plan and its files, where somebody can look at them."""
        shutil.copytree(folder, self.asked.out / folder.name, dirs_exist_ok=True)

    def told(self, wrong: Sequence[str]) -> None:
        """Faults, as they are found."""
        self.found += wrong
        for fault in wrong[:5]:
            print(f"  WRONG {fault[:400]}", flush=True)


def selftest(work: Path) -> None:
    """A fault in one document must be found in all that are bound together."""
    _, portfolio = generated(0)
    written(portfolio, work / "selftest")
    made = list(files(read_back(work / "selftest"), "documents", BRANDS[0]))[:4]
    whole = work / "damaged.docx"
    whole.write_bytes(bound([*(one.blob for one in made), damaged(made[1].blob)]))
    assert office_support.sdk_errors([whole])[whole], "the planted fault was not found"
    print("self-test: the planted fault was found")


def main(words: Sequence[str] | None = None) -> int:
    """0: nothing is wrong; 1: something is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument(
        "--plans", type=Path, metavar="FOLDER", help="accounts of this workspace, none generated"
    )
    parser.add_argument("--kind", choices=KINDS, default="documents")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--first", type=int, default=0, metavar="NUMBER", help="begin with this plan"
    )
    parser.add_argument("--only", type=int, metavar="NUMBER", help="this plan alone")
    parser.add_argument("--render", type=int, default=7, metavar="N", help="pages of every N-th")
    parser.add_argument("--each", action="store_true", help="no documents bound together")
    parser.add_argument("--out", type=Path, default=Path("build-generated"))
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="planwerk-generated-") as folder:
        run = Run(asked, Path(folder))
        selftest(run.work)
        if asked.plans:
            run.accounts(asked.plans)
        for number in (
            ()
            if asked.plans
            else range(asked.first, asked.count)
            if asked.only is None
            else (asked.only,)
        ):
            run.plan(number)
        run.validate()
    print(", ".join(f"{count} {what}" for what, count in run.counts.items()))
    print("\n".join(run.found[:200]))
    print(f"{len(run.found)} faults (seed {asked.seed}); those plans are in {asked.out}" if run.found else "nothing is wrong")  # fmt: skip
    return 1 if run.found else 0


if __name__ == "__main__":
    sys.exit(main())
