"""When a page is first seen, opened from disk: `python benchmarks/paint.py [BUILD]`.

Each kind of page of a build (the example portfolio's, made anew, if none is named) is opened
several times in a fresh browser context; the table gives the median. A page above the bar makes
the exit code 1, and so does a script that blocks for longer than the bar and is not noticed.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import browser_support
import portal_pages
import screens

BAR = 300.0
"""Milliseconds until the first content is painted, at most."""
TIMES = 3
PAINT = """() => new Promise(resolve => new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (one.name === "first-contentful-paint") resolve(one.startTime);
}).observe({type: "paint", buffered: true}))"""
SLOW = "<script>for (const begin = Date.now(); Date.now() - begin < 400;);</script>"


def painted(browser: Any, page: Path) -> float:
    """The median of first contentful paints, in milliseconds."""
    found = []
    for _ in range(TIMES):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        shown = context.new_page()
        shown.goto(f"file://{page}")
        found.append(shown.evaluate(PAINT))
        context.close()
    return statistics.median(found)


def planted(page: Path, site: Path, into: Path) -> Path:
    """A copy of the page that takes longer than the bar."""
    copy = shutil.copytree(site, into / "site") / page.relative_to(site)
    copy.write_text(copy.read_text("utf-8").replace("<body", f"{SLOW}<body", 1), "utf-8")
    return copy


def main(words: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        built = (
            Path(words[0])
            if words
            else screens.built(screens.ROOT, work / "now", ("planwerk",)) / "planwerk"
        )
        times = {}
        for browser in browser_support.browser():
            pages = portal_pages.one_of_each(built)
            painted(browser, pages[0].path)  # the browser's own start is not a page's
            for page in pages:
                times[page] = painted(browser, page.path)
            first = next(page for page in pages if page.edition == "client")
            slow = painted(browser, planted(first.path, first.site, work))
    for page, time in sorted(times.items(), key=lambda item: -item[1]):
        print(f"{time:6.0f} ms  {page}")
    print(
        f"{max(times.values()):.0f} ms at most, {statistics.median(times.values()):.0f} ms in the middle; planted: {slow:.0f} ms"
    )
    return 0 if max(times.values()) <= BAR < slow else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
