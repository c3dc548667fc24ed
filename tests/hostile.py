"""Hostile texts in every text of a plan, and what becomes of them in a portal.

`python tests/hostile.py 500` puts each of 500 texts into every text field of an example account, once;
it reads every page that comes out, and opens every page of each tenth portal in Chromium, without
the policy that would stop what runs.
"""

from __future__ import annotations

import argparse
import html
import itertools
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import browser_support
from planwerk.audience import CLIENT, project
from planwerk.measure import measure
from planwerk.model.portfolio import Portfolio
from planwerk.model.record import Record
from planwerk.model.walk import shape
from planwerk.read import read
from planwerk.result.pages import faults

ROOT = Path(__file__).resolve().parents[1]
ACCOUNT = "nordwind-logistik"
BARE = (
    "<script>alert(1)</script>", "</title><script>alert(2)</script>", "`</title><script>alert(3)</script>`",
    "<img src=x onerror=alert(4)>", '"><svg onload=alert(5)>', "' onmouseover='alert(6)", '" autofocus onfocus="alert(7)',
    "[a](javascript:alert(8))", "[a](data:text/html,<script>alert(9)</script>)", "[a](JaVa\tScRiPt:alert(10))",
    "![a](https://evil.example/a.png)", "<iframe src=https://evil.example></iframe>", "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>", "<style>@import 'https://evil.example/a.css'</style>",
    "<link rel=stylesheet href=https://evil.example/a.css>", "<form action=https://evil.example><input name=a></form>",
    "<!-- a -->", "--><script>alert(11)</script><!--", "]]><script>alert(12)</script>", "{{ config }}", "{% include 'x' %}",
    "${alert(13)}", "`${alert(14)}`", "{: onclick=alert(15) }", "--8<-- '/etc/passwd'", "<a href=//evil.example>a</a>",
    "<object data=https://evil.example></object>", "<embed src=https://evil.example>", "<math><mtext></mtext></math>",
    "</script><script>alert(16)</script>", "\\u003cscript\\u003ealert(17)\\u003c/script\\u003e", "<details open ontoggle=alert(18)>",
    "<video src=https://evil.example poster=https://evil.example>", "<p style=background:url(https://evil.example)>",
    "</div></article></body><script>alert(19)</script>", "</textarea></select><script>alert(20)</script>",
    "<template><script>alert(21)</script></template>", "<noscript><p title='</noscript><img src=x onerror=alert(22)>'>",
    "url(javascript:alert(23))", "<x a='>' onclick=alert(24)>", "[[a]]: javascript:alert(25)", "<https://evil.example/a.png>",
    "<svg><script>alert(26)</script></svg>", "</svg><script>alert(27)</script>", "=HYPERLINK(\"https://evil.example\")",
    "<picture><source srcset=https://evil.example></picture>", "<script src=https://evil.example/a.js></script>",
    "\u202e<script>alert(28)</script>", "<ScRiPt\n>alert(29)</sCrIpT\n>",
)  # fmt: skip
DRESSED: tuple[Callable[[str], str], ...] = (
    lambda words: words,
    html.escape,
    lambda words: html.escape(html.escape(words)),
    lambda words: "".join(f"&#{ord(letter)};" for letter in words),
    lambda words: "".join(f"&#x{ord(letter):x}" for letter in words),
    lambda words: f"`{words}`",
    lambda words: f"# {words}",
    lambda words: f"| a |\n|---|\n| {words} |",
    quote,
    lambda words: f"- {words}\n\n> {words}",
)
TEXTS = tuple(dress(words) for dress, words in itertools.product(DRESSED, BARE))


def hostile(record: Any, texts: Iterator[str]) -> Any:
    """A record with the next of these texts in each of its texts."""
    changes: dict[str, object] = {}
    of = shape(type(record))
    for name in of.texts:
        value = getattr(record, name)
        if isinstance(value, str) and name != "id":
            changes[name] = next(texts)
        elif isinstance(value, tuple) and value and all(isinstance(part, str) for part in value):
            changes[name] = tuple(next(texts) for _ in value)
    for name in of.inner:
        value = getattr(record, name)
        if isinstance(value, Record):
            changes[name] = hostile(value, texts)
        elif isinstance(value, tuple):
            changes[name] = tuple(hostile(p, texts) if isinstance(p, Record) else p for p in value)
    return record.model_copy(update=changes)


def projected() -> Portfolio:
    """What the client of an example account sees."""
    found = read(ROOT).portfolio
    assert found is not None
    return project(measure(found), CLIENT, ACCOUNT)


def portal(seen: Portfolio, number: int, out: Path) -> Path:
    """The portal with each text in place of another; the texts move on by one with the number."""
    from planwerk.jobs import Job
    from planwerk.packing import pack
    from planwerk.worker import do

    texts = itertools.cycle((*TEXTS[number:], *TEXTS[:number]))
    house = hostile(seen.workspace, texts).model_copy(update={"rates": ()})
    accounts = tuple(hostile(account, texts) for account in seen.accounts)
    dirty = seen.model_copy(update={"accounts": accounts, "workspace": house})
    out.mkdir(parents=True)
    do(Job("account", (pack(dirty),), (ACCOUNT,), out, ("portal",), None, "planwerk", "mkdocs"))
    return out


def read_through(folder: Path) -> list[str]:
    """What must not be in its pages, by our own reading."""
    pages = sorted(folder.glob("*.html"))
    assert len(pages) > 8
    return [
        f"{page.name}: {fault}"
        for page in pages
        for fault in faults(page.name, page.read_text("utf-8"))
    ]


def opened(browser: Any, folder: Path) -> list[str]:
    """What happens in a browser that no policy holds back: dialogs, requests, errors."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    wrong = browser_support.listen(page, f"file://{folder.resolve()}")
    for path in sorted(folder.glob("*.html")):
        page.goto(f"file://{path.resolve()}")
    page.goto(f"file://{(folder / 'index.html').resolve()}")
    page.click(".md-search__input")
    page.keyboard.type("script alert")
    page.wait_for_timeout(300)
    context.close()
    return wrong


def main(arguments: list[str]) -> int:
    """Each text in each field; 0 where nothing ran and nobody was asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=len(TEXTS))
    asked = parser.parse_args(arguments)
    seen, wrong = projected(), 0
    browsers = browser_support.browser()
    browser = next(browsers)
    for number in range(asked.count):
        if number and number % 50 == 0:
            sys.stdout.write(f"{number} of {asked.count}, {wrong} with a fault\n")
            sys.stdout.flush()
        with tempfile.TemporaryDirectory() as work:
            folder = portal(seen, number % len(TEXTS), Path(work) / "site")
            found = read_through(folder)
            found += opened(browser, folder) if number % 10 == 0 else []
        for fault in found[:5]:
            sys.stdout.write(f"{number}: {fault}\n")
        wrong += bool(found)
    browsers.close()
    sys.stdout.write(f"{asked.count} texts in every field: {wrong} portals with a fault\n")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
