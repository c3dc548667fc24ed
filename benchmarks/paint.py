"""When a page is first seen, opened from disk, and whether its lines jump then.

    python benchmarks/paint.py [BUILD] [--page PART ...]

Each kind of page of a build (the example portfolio's, made anew, if none is named; with `--page`
those alone whose place holds one of these words) is opened several times in a fresh browser
context. What else the machine does only ever adds time, so the shortest is what a page needs;
the middle one stands beside it. A page above a bar makes the exit code 1, and so does a planted
script that blocks for longer than the bar, or a planted line that comes late, and is not noticed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import browser_support
import portal_pages
import screens

BAR = 300.0
"""Milliseconds until the first content is painted, at most."""
JUMP = 0.02
"""How far lines may move as a page loads, at most: the layout shift that browsers tell."""
TIMES = 5
SETTLED = 400
"""Milliseconds after loading in which lines may still jump."""
PAINT = """() => new Promise(resolve => new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (one.name === "first-contentful-paint") resolve(one.startTime);
}).observe({type: "paint", buffered: true}))"""
SLOW = "<script>for (const begin = Date.now(); Date.now() - begin < 400;);</script>"
LATE = """<script>addEventListener("load", () => setTimeout(
    () => document.body.insertAdjacentHTML("afterbegin", '<div style="height:300px"></div>'), 150));</script>"""


@dataclass(frozen=True)
class Painted:
    """How a page came to be seen: milliseconds at best and in the middle, and the least jump."""

    best: float
    middle: float
    jump: float

    @property
    def fine(self) -> bool:
        """Whether both bars are kept."""
        return self.best <= BAR and self.jump <= JUMP


def painted(browser: Any, page: Path) -> Painted:
    """A page opened several times, each time by a browser that has seen nothing yet."""
    times, jumps = [], []
    for _ in range(TIMES):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        shown = context.new_page()
        shown.add_init_script(browser_support.SHIFTS)
        shown.goto(f"file://{page}")
        times.append(shown.evaluate(PAINT))
        shown.wait_for_timeout(SETTLED)
        jumps.append(shown.evaluate("shifted"))
        context.close()
    return Painted(min(times), statistics.median(times), min(jumps))


def planted(page: Path, site: Path, into: Path, fault: str) -> Path:
    """A copy of the page with a fault in it."""
    copy = shutil.copytree(site, into) / page.relative_to(site)
    text = copy.read_text("utf-8")
    assert "<body" in text
    copy.write_text(text.replace("<body", f"{fault}<body", 1), "utf-8")
    return copy


def asked_for(built: Path, parts: Sequence[str]) -> list[portal_pages.Page]:
    """One page of each kind, or those whose place holds one of the words."""
    if not parts:
        return list(portal_pages.one_of_each(built))
    return [
        page
        for page in portal_pages.every(built)
        if any(part in page.path.relative_to(built).as_posix() for part in parts)
    ]


def main(words: list[str]) -> int:
    """0: all bars are kept and both faults are seen; 1: not; 2: wrong use."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("build", nargs="?", type=Path)
    parser.add_argument("--page", action="append", default=[], metavar="PART")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="planwerk-paint-") as folder:
        work = Path(folder)
        built = asked.build or screens.built(screens.ROOT, work / "now", ("planwerk",)) / "planwerk"
        pages = asked_for(built.resolve(), asked.page)
        if not pages:
            parser.error("no page of this build is meant")
        found: dict[portal_pages.Page, Painted] = {}
        for browser in browser_support.browser():
            painted(browser, pages[0].path)  # the browser's own start is not a page's
            for page in pages:
                found[page] = painted(browser, page.path)
            first = next(iter(portal_pages.every(built.resolve() / "clients")), pages[0])
            slow = painted(browser, planted(first.path, first.path.parent, work / "slow", SLOW))
            late = painted(browser, planted(first.path, first.path.parent, work / "late", LATE))
    for page, one in sorted(found.items(), key=lambda item: -item[1].best):
        print(f"{one.best:5.0f} ms ({one.middle:4.0f})  jump {one.jump:.3f}  {page}")
    best = max(one.best for one in found.values())
    jump = max(one.jump for one in found.values())
    print(
        f"{len(found)} pages: {best:.0f} ms at most (bar {BAR:.0f}), jump {jump:.3f} (bar {JUMP})"
    )
    print(f"planted: a slow script {slow.best:.0f} ms, a late line {late.jump:.3f}")
    kept = all(one.fine for one in found.values())
    return 0 if kept and slow.best > BAR and late.jump > JUMP else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
