"""Every page that clients and partners get, as a browser shows it: whom it asks, what its policy stops.

    python tests/visits.py [BUILD]

opens all pages of all clients and partners of a build (without: of the examples, by both engines) from a
server of this machine, with their policy in force, and looks for a word of each page in its portal's
search. 0: nobody else was asked, nothing was stopped, no error, no dialog, and each search found
something. Before, a page with a fault of each kind must be found.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import browser_support
from planwerk.result.scripts import NAMES

ROOT = Path(__file__).resolve().parents[1]
FIELD, FOUND = ".md-search__input, .md-search__button", ".md-search-result__item, [role=option]"
"""Where a reader types, or what opens that; and what is found. Both engines' names."""
PLANTED = {
    "policy: script-src-elem stopped inline": "<script>alert(1)</script>",
    "policy: img-src": '<img alt="" src="https://elsewhere.example/a.png">',
    "policy: style-src-attr": '<p style="color:red">a</p>',
    "dialog 7": '<script src="assets/visits.js"></script>',
    "404": '<img alt="" src="missing.png">',
}
"""Faults that are written into a page, by how each is told."""
UNHELD = "asked for https://elsewhere.example/a.png"
"""How it is told that a page without a policy asks for a picture of others."""
POLICY = re.compile('<meta http-equiv="?Content-Security-Policy[^>]*>')


def folders(built: Path) -> Iterator[Path]:
    """The folder of each client and each partner of a build."""
    yield from sorted(built.glob("clients/*/"))
    yield from sorted(built.glob("partners/*/*/"))


def visited(browser: Any, folder: Path) -> tuple[int, list[str]]:
    """How many pages a portal has, and what went wrong on any."""
    context, wrong = browser.new_context(), []
    page = context.new_page()
    pages = sorted(folder.glob("*.html"))
    with browser_support.served(folder) as address:
        told = browser_support.listen(page, address)
        for path in pages:
            told.clear()
            page.goto(f"{address}/{path.name}")
            told += _searched(page)
            wrong += [f"{folder.name}/{path.name}: {one}" for one in told]
    context.close()
    return len(pages), wrong


def _searched(page: Any) -> list[str]:
    """What is wrong with a search for a word of the page."""
    words = re.findall(r"\w{4,}", page.locator("h1").first.inner_text())
    asked = max(words, key=len, default="")
    page.locator(FIELD).first.click()
    page.keyboard.type(asked, delay=20)
    try:
        page.locator(FOUND).first.wait_for(state="attached", timeout=10_000)
    except Exception as fault:
        return [f"search for {asked!r} found nothing: {str(fault).splitlines()[0]}"]
    return []


def planted(browser: Any, folder: Path, work: Path) -> list[str]:
    """The faults that are written into a copy of a portal and not found."""
    site = shutil.copytree(folder, work / "site")
    (site / "assets/visits.js").write_text("alert(7)", "utf-8")
    words = (site / "index.html").read_text("utf-8")
    for path in site.glob("*.html"):
        path.unlink()
    wrong = words.replace("</article>", " ".join(PLANTED.values()) + "</article>", 1)
    (site / "index.html").write_text(wrong, "utf-8")
    (site / "without.html").write_text(POLICY.sub("", wrong), "utf-8")
    told = " ".join(visited(browser, site)[1])
    return [fault for fault in (*PLANTED, UNHELD) if fault not in told]


def main(arguments: list[str]) -> int:
    """0 where nothing went wrong on any page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("built", type=Path, nargs="?")
    asked = parser.parse_args(arguments)
    browsers = browser_support.browser()
    browser = next(browsers)
    with tempfile.TemporaryDirectory() as work:
        builds = [asked.built] if asked.built else [_built(Path(work), engine) for engine in NAMES]
        missed = planted(browser, next(folders(builds[0])), Path(work))
        found = len(PLANTED) + 1 - len(missed)
        sys.stdout.write(f"self-test: {found} of {len(PLANTED) + 1} faults found\n")
        wrong, count = [f"not found: {fault}" for fault in missed], 0
        for built, folder in ((one, folder) for one in builds for folder in folders(one)):
            pages, told = visited(browser, folder)
            count, wrong = count + pages, wrong + told
            name = folder.relative_to(built)
            sys.stdout.write(f"{built.name} {name}: {pages} pages, {len(told)} faults\n")
    browsers.close()
    sys.stdout.write("\n".join([*wrong[:40], f"{count} pages, {len(wrong)} faults\n"]))
    return min(len(wrong), 1)


def _built(work: Path, engine: str) -> Path:
    from planwerk.build import Options, build

    build(ROOT, Options(out=work / engine, engine=engine, remember=False))
    return work / engine


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
