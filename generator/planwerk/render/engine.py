"""MkDocs Material in process, and Zensical beside it: the same tree, the same pages.

What all sites have in common is done once: the theme's templates are compiled once a
language, its files are never copied by MkDocs but linked from one set (see savings.py).
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from planwerk.render.savings import load_config, savings
from planwerk.result.pages import events
from planwerk.result.scripts import SHIM, STYLES, hashed, known_scripts

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

INLINE = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.S)
HANDLER = re.compile(r"on\w+\s*=", re.I)
SCHEME = re.compile(r'="(?:javascript|data|vbscript|http):')
HEAD = "<head>"


# --- MkDocs ----------------------------------------------------------------------------------


def mkdocs(settings: Mapping[str, Any], pages: Mapping[str, str]) -> dict[str, str]:
    """The site's files by name: pages and search index, without the theme's files.

    `settings` are those of mkdocs.yml, `pages` the Markdown by the pages' names. RuntimeError
    for any warning.
    """
    from mkdocs.commands.build import build

    made: dict[str, bytes] = {}
    with savings(pages, made), _listening() as warnings:
        config = load_config(settings)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    if warnings:
        raise RuntimeError(f"the portal's engine warned: {'; '.join(warnings)}")
    return {name: content.decode() for name, content in made.items()}


def plain_mkdocs(tree: Path, out: Path) -> None:
    """The same by MkDocs alone, without any of our savings: what the tests compare with."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build(load_config(str(tree / "mkdocs.yml"), site_dir=str(out)))


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collect what MkDocs would print."""
    found: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.WARNING:
                found.append(record.getMessage())

    logger, ear = logging.getLogger("mkdocs"), Ear()
    before = logger.propagate
    logger.addHandler(ear)
    logger.propagate = False
    try:
        yield found
    finally:
        logger.removeHandler(ear)
        logger.propagate = before


def place_assets(out: Path, files: Mapping[str, bytes], shared: Path | None) -> None:
    """Put files into a site: hard links into `shared` where the disk allows it, else copies."""
    for folder in sorted({(out / name).parent for name in files}):
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = out / name
        if shared is None or not _linked(path, shared, content):
            path.unlink(missing_ok=True)  # never through a link
            path.write_bytes(content)


def _linked(path: Path, shared: Path, content: bytes) -> bool:
    """Whether `path` could be linked to the one copy of `content` in `shared`."""
    one = shared / _digest(content)
    try:
        _link(one, path)
    except FileNotFoundError:  # the first site puts it there
        try:
            shared.mkdir(parents=True, exist_ok=True)
            beside = shared / f"{one.name}.{os.getpid()}"
            beside.write_bytes(content)
            beside.replace(one)
            _link(one, path)
        except OSError:
            return False
    except OSError:
        return False
    return True


def _link(one: Path, path: Path) -> None:
    """Let `path` be `one`, whatever it was."""
    try:
        os.link(one, path)
    except FileExistsError:
        path.unlink()
        os.link(one, path)


@lru_cache(maxsize=256)
def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- after the engine ------------------------------------------------------------------------


def harden(site: Mapping[str, str], labels: Mapping[str, str]) -> dict[str, str]:
    """Policy, names for screen readers, the index for file://; refuses unknown scripts."""
    out = {
        name: hardened(words, name, labels) if name.endswith(".html") else words
        for name, words in site.items()
    }
    # Material reads this one where it cannot fetch: a portal opened from a zip file
    if index := site.get("search/search_index.json"):
        out["search/search_index.js"] = f"var __index = {index}"
    return out


def hardened(page: str, name: str, labels: Mapping[str, str], by: str = "mkdocs") -> str:
    """A page with its policy; RuntimeError if it holds a script or handler that is not known."""
    known = known_scripts(by)
    for kind, body in INLINE.findall(page):
        if "json" not in kind and hashed(body) not in known:
            raise RuntimeError(f"{name}: unknown inline script {body[:60]!r}")
    # what begins with a set of letters is looked for at every letter: words alone come first
    suspect = any(not page[found.start() - 1].isalnum() for found in HANDLER.finditer(page))
    if suspect and (event := next(events(page), "")):
        raise RuntimeError(f"{name}: event attribute {event!r}")
    address = rf'(?:src|href){SCHEME.pattern}[^"]*'
    if SCHEME.search(page) and (found := re.search(address, page)):
        raise RuntimeError(f"{name}: address {found.group()[:60]!r}")
    page = re.sub(r'<meta name="generator"[^>]*>', "", page)
    page = page.replace(HEAD, HEAD + _policy(by), 1)
    return page.replace(
        '<div class="md-search" data-md-component="search" role="dialog">',
        f'<div class="md-search" data-md-component="search" role="dialog" aria-label="{labels["search"]}">',
        1,
    )


@lru_cache(maxsize=2)
def _policy(by: str) -> str:
    """What a browser may load and run for a page, and that nobody is told of it.

    Scripts are files of the folder or on the fixed list; styles are files alone (see `STYLES`). Fonts lie in the style
    sheet and its icons, too (`data:`). The search is a worker; where a page is opened from disk there
    are none, and a frame made of our own words stands in for it (`blob:`, `connect-src`).
    """
    scripts = " ".join(f"'sha256-{one}'" for one in sorted({*known_scripts(by), SHIM}))
    policy = (
        f"default-src 'none'; script-src 'self' {scripts}; {STYLES[by]} "
        "img-src 'self' data:; font-src data:; connect-src 'self'; worker-src 'self' blob:; "
        "frame-src 'self' blob:; base-uri 'none'; form-action 'none'; object-src 'none'"
    )
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
    )


# --- Zensical --------------------------------------------------------------------------------


def zensical(tree: Path, out: Path) -> None:
    """Build the same tree with Zensical into `out` (`tree/site`: it writes nowhere else).

    RuntimeError if it fails."""
    config = tree / "mkdocs.yml"
    words = config.read_text("utf-8").replace('"docs_dir"', '"site_dir": "site", "docs_dir"', 1)
    config.write_text(words, "utf-8")
    command = [sys.executable, "-m", "zensical", "build", "-f", str(config)]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True)
    if done.returncode or not (out / "index.html").exists():
        raise RuntimeError(f"zensical: {(done.stderr or done.stdout)[-500:]}")
