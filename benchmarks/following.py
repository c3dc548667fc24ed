"""How soon pages follow a plan while it is written: one plan changed, of a hundred accounts or more.

Measured is what `planwerk serve` does, in its own process and those it renders in: from the file
that is written to the account's pages, and to the pages over all accounts with it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from portfolios import EIGHT, write_portfolio

OURS = "internal"


@dataclass(frozen=True)
class Followed:
    """Seconds from a written plan to the pages of its account, and to those over all accounts."""

    account: float
    all_pages: float


def follow(folder: Path, times: int, spoil: Callable[[], None] = lambda: None) -> list[Followed]:
    """Change one plan of the workspace again and again; `spoil` is a planted slowness."""
    from planwerk.jobs import Pool
    from planwerk.options import Options
    from planwerk.serving.making import Making
    from planwerk.serving.state import State
    from planwerk.theme import find_brand

    options = Options(formats=("portal",), audience=OURS, brand=find_brand("planwerk", folder))
    pool = Pool((*options.formats, "reference"))
    found = []
    try:
        pool.start()
        with tempfile.TemporaryDirectory() as work:
            state = State(folder, lambda: date(2026, 11, 23))
            state.refresh()
            making = Making(state, options, pool, Path(work))
            plan = sorted((folder / "plans").glob("*/*/plan.md"))[7]
            name = plan.parts[-3]
            for part in (f"{OURS}/accounts/{name}", OURS):
                assert making.part(part)
            plain = plan.read_text("utf-8")
            for number in range(times):
                plan.write_text(plain.replace("title: ", f"title: {number} ", 1), "utf-8")
                begun = time.perf_counter()
                assert state.refresh()
                spoil()
                assert making.part(f"{OURS}/accounts/{name}", whole=False)
                pages = making.ready[f"{OURS}/accounts/{name}"].files
                first = time.perf_counter() - begun
                assert any(f"{number} " in p.read_text("utf-8") for n, p in pages.items() if n == "goals.html")
                assert making.part(OURS, whole=False)
                found.append(Followed(first, time.perf_counter() - begun))
            plan.write_text(plain, "utf-8")
    finally:
        pool.stop()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=100)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="a workspace that is there already")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.folder or Path(made)
        if asked.folder is None:
            write_portfolio(folder, asked.accounts, EIGHT)
        for one in follow(folder, asked.times):
            print(f"account {one.account:.2f} s   with all pages {one.all_pages:.2f} s", flush=True)


if __name__ == "__main__":
    main()
