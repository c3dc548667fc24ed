"""Portals: of many accounts from plans in memory, of one that changed, and what the engine takes.

    python benchmarks/portals.py [--accounts 100] [--sample 5]

Three figures, each in a process of its own that was started for it:

- *made*: internal and client portals of all accounts, from the plans in memory to the published
  sites, nothing kept of an earlier build;
- *followed*: what `planwerk serve` does when a plan is written, up to the pages of its account and
  to those over all accounts;
- *engine*: trees of Markdown into sites, by ours and by plain `mkdocs build` on the same trees, two
  at a time. Plain MkDocs is measured on a sample and scaled: it runs once for each site.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from costs import Cost, cost, row
from portfolios import EIGHT, write_portfolio

OURS = "internal"
ALONE = (
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import portals; portals.main()",
)
"""No script: processes that render would load it anew, each of them."""
DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Followed:
    """Seconds from a written plan to the pages of its account, and to those over all accounts."""

    account: float
    whole: float


# --- each in a process of its own ------------------------------------------------------------


def made(folder: Path, slowness: float) -> float:
    """Seconds from plans in memory to published portals; `slowness` is planted, in seconds."""
    from planwerk import build as flow

    begun = 0.0
    checked = flow.check

    def check(*asked: Any) -> Any:
        nonlocal begun
        problems = checked(*asked)
        begun = time.perf_counter()  # now the plans are in memory; the server warmed up meanwhile
        return problems

    flow.check = check
    options = flow.Options(formats=("portal",), as_of=DAY, remember=False)
    built = flow.build(folder, options)
    time.sleep(slowness)
    took = time.perf_counter() - begun
    assert begun and built.files and not built.stopped
    return took


def followed(folder: Path, times: int, slowness: float) -> list[Followed]:
    """One plan changed again and again; `slowness` is planted, in seconds."""
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
            state = State(folder, lambda: DAY)
            state.refresh()
            making = Making(state, options, pool, Path(work))
            plan = sorted((folder / "plans").glob("*/*/plan.md"))[7]
            account = f"{OURS}/accounts/{plan.parts[-3]}"
            assert making.part(account)
            assert making.part(OURS)
            plain = plan.read_text("utf-8")
            for number in range(times):
                title = f"title: {number}. Fassung: "
                plan.write_text(plain.replace("title: ", title.replace(": ", " ").replace("title ", "title: "), 1), "utf-8")  # fmt: skip
                begun = time.perf_counter()
                assert state.refresh()
                assert not state.errors, state.errors
                time.sleep(slowness)
                assert making.part(account, whole=False)
                first = time.perf_counter() - begun
                assert making.part(OURS, whole=False)
                found.append(Followed(first, time.perf_counter() - begun))
                page = making.ready[account].files["goals.html"].read_text("utf-8")
                assert f"{number}. Fassung" in page
            plan.write_text(plain, "utf-8")
    finally:
        pool.stop()
    return found


def engine(trees: Path, slowness: float) -> None:
    """Every tree into a site, by two processes that were warmed up once; `slowness` is planted, in
    seconds of work a site."""
    from planwerk.render import engine as ours
    from planwerk.warm import portals
    from planwerk.words import load_words

    portals()
    labels = dict(load_words("de").group("portal"))
    every = sorted(path.parent for path in trees.glob("*/mkdocs.yml"))
    for half in (0, 1):
        if os.fork() == 0:
            for tree in every[half::2]:
                pages = {p.stem: p.read_text("utf-8") for p in sorted((tree / "docs").glob("*.md"))}
                site = ours.mkdocs(json.loads((tree / "mkdocs.yml").read_text("utf-8")), pages)
                found = ours.harden(site, labels)
                ours.place_assets(tree / "ours", {n: w.encode() for n, w in found.items()}, None)
                begun = time.process_time()
                while time.process_time() - begun < slowness:
                    pass
            os._exit(0)
    failed = [os.wait()[1] for _ in (0, 1)]
    assert not any(failed)


# --- the table -------------------------------------------------------------------------------


def apart(what: str, folder: Path, *more: str) -> str:
    """What one of these prints, in a process of its own."""
    command = [*ALONE, "--only", what, "--folder", str(folder), *more]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=env).stdout


def write_trees(folder: Path, into: Path) -> int:
    """The tree of each site as plain MkDocs wants it; how many there are."""
    from planwerk.audience import CLIENT, INTERNAL, project
    from planwerk.compose import portal
    from planwerk.compose.view import view_of
    from planwerk.measure import measure
    from planwerk.read import read
    from planwerk.render.portal import write_tree
    from planwerk.theme import load_theme

    portfolio = read(folder, DAY).portfolio
    assert portfolio is not None
    portfolio = measure(portfolio)
    count = 0
    for account in portfolio.accounts:
        for audience in (INTERNAL, CLIENT):
            seen = project(portfolio, audience, account.id)
            site = portal.account_site(view_of(seen, seen.accounts[0]))
            write_tree(site, load_theme(), into / f"{account.id}-{audience}")
            count += 1
    return count


def engines(folder: Path, work: Path, sample: int, slowness: float = 0) -> float:
    """The ratio of what ours takes of CPU time to what plain MkDocs does, on the same trees."""
    count = write_trees(folder, work)
    command = [*ALONE, "--only", "engine", "--folder", str(work), "--slowness", str(slowness)]  # fmt: skip
    ours = cost([command], work)
    trees = sorted(path.parent for path in work.glob("*/mkdocs.yml"))[: 2 * sample]
    plain = [[sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(tree / "mkdocs.yml"), "-d", str(tree / "plain")] for tree in trees]  # fmt: skip
    peer, scale = cost(plain, work, 2), count / len(trees)
    peer = Cost(peer.wall * scale, peer.cpu * scale, peer.memory)
    row(f"engine, {count} trees, with its start", ours)
    row("  mkdocs build, two at a time", peer, f"from {len(trees)} trees")
    print(f"  ratio ours / plain MkDocs: CPU {ours.cpu / peer.cpu:.3f}, wall {ours.wall / peer.wall:.3f}\n", flush=True)  # fmt: skip
    return ours.cpu / peer.cpu


def portals(count: int, sample: int) -> None:
    """The lines of the table for so many accounts."""
    with tempfile.TemporaryDirectory(prefix="planwerk-bench-") as made_here:
        folder, trees = Path(made_here) / "plans", Path(made_here) / "trees"
        write_portfolio(count, folder, EIGHT)
        took = float(apart("made", folder))
        pages = sum(1 for _ in (folder / "build").rglob("*.html"))
        print(f"{f'portals of {count} accounts, {pages} pages':<44} {took:8.2f}", flush=True)
        for line in apart("followed", folder).splitlines():
            account, whole = map(float, line.split())
            print(f"{'  one plan changed: its account':<44} {account:8.2f}")
            print(f"{'  and the pages over all':<44} {whole:8.2f}", flush=True)
        if sample:
            engines(folder, trees, sample)


def selftest() -> None:
    """A planted slowness must be seen in each of the figures."""
    with tempfile.TemporaryDirectory(prefix="planwerk-bench-") as made_here:
        folder, trees = Path(made_here) / "plans", Path(made_here) / "trees"
        write_portfolio(8, folder, EIGHT)
        assert float(apart("made", folder, "--slowness", "30")) > 30, "a slow build was not seen"
        found = apart("followed", folder, "--slowness", "5", "--times", "1").split()
        assert all(float(one) > 5 for one in found), "slow pages were not seen"
        ratio = engines(folder, trees, 1)
        slow = engines(folder, trees.with_name("slow"), 1, 3)
        assert slow > ratio + 0.5, "a slow engine was not seen"
    print("self-test: the planted slowness was seen in all three\n")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--accounts", type=int, nargs="*", default=[100])
    parser.add_argument(
        "--sample", type=int, default=5, help="accounts plain MkDocs is measured on"
    )
    parser.add_argument("--selftest", action="store_true")
    parser.add_argument("--only", choices=("made", "followed", "engine"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--slowness", type=float, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--times", type=int, default=5, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only == "made":
        print(made(asked.folder, asked.slowness))
    elif asked.only == "followed":
        for one in followed(asked.folder, asked.times, asked.slowness):
            print(one.account, one.whole)
    elif asked.only == "engine":
        engine(asked.folder, asked.slowness)
    elif asked.selftest:
        selftest()
    else:
        for count in asked.accounts:
            portals(count, asked.sample)


if __name__ == "__main__":
    main()
