"""What looks at portals from outside: headless Chromium and axe-core."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from planwerk.render.shipped import brand_css
from planwerk.theme import find_brand, load_theme

CHROMIUM = shutil.which("chromium") or ""
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
AXE = Path(__file__).parent / "node/node_modules/axe-core/axe.min.js"
STILL = "*, *::before, *::after { transition: none !important; animation: none !important }"
"""Colours are to be judged where they end, not on their way there."""
LOOK = Path(__file__).parent / "look.js"
SCHEMES = ("default", "slate")
SCHEME = "scheme => document.body.setAttribute('data-md-color-scheme', scheme)"
COLOURS = ["color-contrast", "link-in-text-block"]
BRANDS = ("planwerk", "kontor")
STOPPED = """document.addEventListener("securitypolicyviolation", e =>
    console.error(`policy: ${e.effectiveDirective} stopped ${e.blockedURI}`));"""
SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) shifted += one.value; })
    .observe({type: "layout-shift", buffered: true});"""


def browser() -> Iterator[Any]:
    """A running Chromium; skips where it is missing."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (Debian: chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))  # fmt: skip
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def listen(page: Any, own: str) -> list[str]:
    """What will go wrong on a page, as it does: whom it asks for something that does not lie at
    `own`, what its policy stops, errors, dialogs."""
    wrong: list[str] = []
    near = (own, "data:", "blob:")
    page.add_init_script(STOPPED)
    page.on("request", lambda r: None if r.url.startswith(near) else wrong.append(f"asked for {r.url}"))  # fmt: skip
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.on("dialog", lambda d: (wrong.append(f"dialog {d.message}"), d.dismiss()))
    return wrong


def open_page(
    browser: Any, address: str, wide: int = 1280, dark: bool = False
) -> tuple[Any, list[str]]:
    """A page with everything that went wrong on it: foreign requests, errors, dialogs."""
    context = browser.new_context(viewport={"width": wide, "height": 900}, bypass_csp=False)
    page = context.new_page()
    wrong = listen(page, "/".join(address.split("/", 3)[:3]))
    page.goto(address)
    if dark:
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    return page, wrong


def violations(browser: Any, pages: Sequence[Path]) -> list[str]:
    """What is wrong with pages as they are shown, light and dark, desktop and phone.

    axe-core with the search closed and open, what stands out of the screen (on small phones
    too), text in pictures that cannot be read in any brand or on paper, lines that jump while a
    page loads, and what is asked for elsewhere. Skips without axe-core.
    """
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm install --no-save` in tests/node")
    axe, look, found = AXE.read_text("utf-8"), LOOK.read_text("utf-8"), []
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    told = listen(page, "file:")
    for path in pages:
        told.clear()
        for wide in (390, 1280):
            shift = _shift(page, path, wide)
            told += [f"lines jump by {shift:.3f} at {wide} px"] if shift > 0.02 else []
        page.add_style_tag(content=STILL)
        page.add_script_tag(content=axe)
        page.add_script_tag(content=look)
        told += [*_in_all_sizes(page), *_pictures(page), *_with_search(page)]
        found += [f"{path.parent.name}/{path.name}: {one}" for one in told]
    context.close()
    return found


def violations_now(page: Any) -> list[str]:
    """What axe-core finds on an open page in the state it is in, light and dark, desktop and
    phone; skips without axe-core."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm install --no-save` in tests/node")
    # evaluated, not added as a script: the page's own policy forbids those; and it shall not look
    # at style sheets by itself, which a page from disk may not
    page.evaluate(AXE.read_text("utf-8") + "; 0")
    page.evaluate("css => { const still = new CSSStyleSheet(); still.replaceSync(css); document.adoptedStyleSheets.push(still) }", STILL)  # fmt: skip
    found, before = [], page.viewport_size
    for scheme in SCHEMES:
        page.evaluate(SCHEME, scheme)
        for wide in (1280, 390):
            page.set_viewport_size({"width": wide, "height": 900})
            found += [f"{scheme} {wide}: {told}" for told in _axe(page, "html", {})]
            real = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{scheme} {wide}: {real} px, wider than the screen"] if real > wide else []
    page.set_viewport_size(before)
    return found


def foreign(address: str) -> bool:
    """Whether a request leaves the disk that the page lies on."""
    return not address.startswith(("file:", "data:", "blob:"))


def _shift(page: Any, path: Path, wide: int) -> float:
    """By how much lines jump as the page loads: the middle of three loads, if the first is much."""
    shifts: list[float] = []
    page.set_viewport_size({"width": wide, "height": 900})
    while len(shifts) < 3:
        page.goto(f"file://{path}")
        page.wait_for_function("document.fonts.status === 'loaded'")
        shifts.append(page.evaluate("shifted"))
        if shifts[0] <= 0.02:
            return shifts[0]
    return sorted(shifts)[1]


def _in_all_sizes(page: Any) -> Iterator[str]:
    """axe-core, and what is too wide."""
    yield from _in_schemes(page, "html")
    for wide in (390, 320):
        page.set_viewport_size({"width": wide, "height": 900})
        yield from (
            f"wider than the screen of {wide} px: {told}" for told in page.evaluate("look.wide()")
        )


def _pictures(page: Any) -> Iterator[str]:
    """Text in pictures that can hardly be read, in each brand that ships, light, dark and on paper."""
    page.set_viewport_size({"width": 1280, "height": 900})
    sheet = page.evaluate_handle("document.head.appendChild(document.createElement('style'))")
    for brand in BRANDS:
        sheet.evaluate("(sheet, words) => { sheet.textContent = words }", _brand(brand))
        for scheme in SCHEMES:
            page.evaluate(SCHEME, scheme)
            for media in ("screen", "print"):
                page.emulate_media(media=media)
                _, wrong = page.evaluate("look.contrast()")
                yield from (
                    f"text in a picture, {brand} {scheme} {media}: {told}" for told in wrong
                )
    sheet.evaluate("sheet => sheet.remove()")
    page.emulate_media(media="screen")


def _with_search(page: Any) -> Iterator[str]:
    """axe-core on the header with the search open and hits in it."""
    ours = page.query_selector(".md-search__input") is None
    page.keyboard.press("/")
    page.keyboard.type("plan", delay=20)
    hits = (
        ".pw-find--open [role=option], .pw-find--open .pw-find__status:not(:empty)"
        if ours
        else ".md-search-result__item"
    )
    page.wait_for_selector(hits, state="attached", timeout=20_000)
    yield from (f"search open, {told}" for told in _in_schemes(page, ".md-header"))


def _in_schemes(page: Any, where: str) -> Iterator[str]:
    """axe-core, light and dark, desktop and phone; in the dark only colours differ."""
    for scheme in SCHEMES:
        page.evaluate(SCHEME, scheme)
        asked: dict[str, object] = {} if scheme == "default" else {"runOnly": COLOURS}
        for wide in (1280, 390):
            page.set_viewport_size({"width": wide, "height": 900})
            yield from (f"{scheme} {wide}: {told}" for told in _axe(page, where, asked))


def _axe(page: Any, where: str, asked: dict[str, object]) -> list[str]:
    result = page.evaluate(
        "([where, asked]) => axe.run(where, {resultTypes: ['violations'], preload: false, ...asked})",
        [where, asked],
    )
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for rule in result["violations"]
        for node in rule["nodes"][:3]
    ]


@lru_cache
def _brand(name: str) -> str:
    return brand_css(load_theme(find_brand(name, Path())))
