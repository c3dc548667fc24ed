"""What looks at portals from outside: headless Chromium and axe-core."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or ""
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
AXE = Path(__file__).parent / "node/node_modules/axe-core/axe.min.js"
STILL = "*, *::before, *::after { transition: none !important; animation: none !important }"
"""Colours are to be judged where they end, not on their way there."""


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


def open_page(
    browser: Any, address: str, wide: int = 1280, dark: bool = False
) -> tuple[Any, list[str]]:
    """A page with everything that went wrong on it: foreign requests, errors, dialogs."""
    context = browser.new_context(viewport={"width": wide, "height": 900}, bypass_csp=False)
    page, wrong = context.new_page(), []
    page.on(
        "request",
        lambda r: (
            wrong.append(r.url)
            if not r.url.startswith(
                (address.split("/", 3)[0] + "//" + address.split("/", 3)[2], "data:", "blob:")
            )
            else None
        ),
    )
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.on("dialog", lambda d: (wrong.append(d.message), d.dismiss()))
    page.goto(address)
    if dark:
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    return page, wrong


def violations(browser: Any, pages: Sequence[Path]) -> list[str]:
    """What axe-core finds on pages, light and dark, desktop and phone; skips without axe-core.

    A page that is wider than its screen is a violation too.
    """
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm install --no-save` in tests/node")
    axe, found = AXE.read_text("utf-8"), []
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    for path in pages:
        page.goto(f"file://{path}")
        page.add_style_tag(content=STILL)
        page.add_script_tag(content=axe)
        for scheme in ("default", "slate"):
            page.evaluate(f"document.body.setAttribute('data-md-color-scheme', '{scheme}')")
            for wide in (1280, 390):
                page.set_viewport_size({"width": wide, "height": 900})
                where = f"{path.parent.name}/{path.name} {scheme} {wide}"
                found += [f"{where}: {told}" for told in _violations(page)]
                real = page.evaluate("document.documentElement.scrollWidth")
                if real > wide:
                    found.append(f"{where}: {real} px, wider than the screen")
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
    for scheme in ("default", "slate"):
        page.evaluate(f"document.body.setAttribute('data-md-color-scheme', '{scheme}')")
        for wide in (1280, 390):
            page.set_viewport_size({"width": wide, "height": 900})
            found += [f"{scheme} {wide}: {told}" for told in _violations(page)]
            real = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{scheme} {wide}: {real} px, wider than the screen"] if real > wide else []
    page.set_viewport_size(before)
    return found


def _violations(page: Any) -> list[str]:
    result = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for rule in result["violations"]
        for node in rule["nodes"][:3]
    ]
