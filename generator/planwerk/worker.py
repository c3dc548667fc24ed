"""What runs in a rendering process: one job's projection into files, then the process ends.

Loaded once by the server that processes are forked from (see jobs.py), then what `warming/` holds
of the formats asked for: that imports and warms all that rendering needs, and reads no plan.
"""

from __future__ import annotations

import errno
import gc
import os
import pickle
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path, PurePosixPath

from planwerk import blocks as b
from planwerk.compose import decks, documents, portal
from planwerk.compose.partner import partner_site
from planwerk.compose.view import View, view_of
from planwerk.compose.whole import Whole
from planwerk.jobs import Job
from planwerk.model.portfolio import Portfolio
from planwerk.render.portal import render_site
from planwerk.theme import Theme, load_theme

REFUSED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES)
"""Errors that are the disk's, not ours."""


Answer = tuple[tuple[b.Overflow, ...], str, int, tuple[str, ...]]
"""What did not fit, what went wrong, the number of the disk's error, the files of a client."""
Left = tuple[tuple[b.Overflow, ...], tuple[str, ...]]


def serve(connection: Connection) -> None:
    """Take one job, do it, answer with its overflows or with what went wrong."""
    words = connection.recv_bytes()
    connection.send_bytes(pickle.dumps(BROKEN or _tried(lambda: do(pickle.loads(words)))))
    connection.close()


def _tried(work: Callable[[], Left]) -> Answer:
    """What the work says, or what it failed of."""
    try:
        overflows, files = work()
        return overflows, "", 0, files
    except Exception as error:
        refused = error.errno if isinstance(error, OSError) and error.errno in REFUSED else 0
        return (), traceback.format_exc(), refused, ()


def do(job: Job) -> Left:
    """Render a job's outputs into its folder; what did not fit, and which files a client gets."""
    theme = load_theme(job.brand)
    if job.kind == "whole":
        _whole(pickle.loads(job.projections[0]), theme, job)
        return (), ()
    overflows: list[b.Overflow] = []
    written: set[str] = set()
    for name, seen in zip(job.accounts, job.projections, strict=True):
        portfolio: Portfolio = pickle.loads(seen)
        view = view_of(portfolio, portfolio.account(name), job.language)
        out = job.out / "accounts" / name if view.internal else job.out
        found, names = _account(view, theme, out, job)
        overflows += found
        written |= set() if view.internal else names
    return tuple(overflows), tuple(sorted(written))


def _whole(whole: Whole, theme: Theme, job: Job) -> None:
    """The portal over all accounts and the briefs of the teams: they were said, and are rendered."""
    if whole.site is not None and whole.ways is not None:
        site = portal.with_reference(whole.site, whole.ways)
        render_site(site, theme, job.out, engine_name=job.engine, shared=job.shared)
    if whole.documents:
        from planwerk.render.word import render_document  # portals alone do without

        _write({made.path: render_document(made, theme) for made in whole.documents}, job.out)


def _account(view: View, theme: Theme, out: Path, job: Job) -> tuple[list[b.Overflow], set[str]]:
    inside = f"accounts/{view.account.id}/" if view.internal else ""
    before = [name.removeprefix(inside) for name in job.before if name.startswith(inside)]
    files, links, overflows = _files(view, theme, job.formats, before)
    pages: set[str] = set()
    if "portal" in job.formats:
        # first: the engine empties its folder
        partner = view.portfolio.audience.startswith("partner:")
        site = partner_site(view) if partner else portal.account_site(view, links)
        pages = render_site(site, theme, out, engine_name=job.engine, shared=job.shared)
    _write(files, out)
    return overflows, {*pages, *files}


def _write(files: Mapping[str, bytes], out: Path) -> None:
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _documents(
    made: Callable[[], Iterable[b.Document]], theme: Theme, formats: tuple[str, ...],
    before: Collection[str],
) -> tuple[dict[str, bytes], tuple[b.Link, ...]]:  # fmt: skip
    """Word documents by name, and links to them and to those that an earlier build left."""
    files: dict[str, bytes] = {}
    links: list[b.Link] = []
    if "word" not in formats and not any(name.endswith(".docx") for name in before):
        return files, ()
    from planwerk.render.word import render_document  # portals alone do without

    for document in made():
        name = document.path
        if "word" in formats:
            files[name] = render_document(document, theme)
        if name in files or name in before:
            links.append(b.Link(document.title.split("\n")[0], name, "Word"))
    return files, tuple(links)


def _files(
    view: View, theme: Theme, formats: tuple[str, ...], before: Collection[str] = ()
) -> tuple[dict[str, bytes], tuple[b.Link, ...], list[b.Overflow]]:
    """The Office files of a view by name, links to them, and what did not fit.

    A portal also links to files of `before`, which an earlier build left.
    """
    files, documents_ = _documents(lambda: documents.made(view), theme, formats, before)
    links = [*documents_]
    overflows: list[b.Overflow] = []
    endings = {PurePosixPath(name).suffix for name in before}
    asked = "slides" in formats or ".pptx" in endings
    for deck in decks.made(view) if asked else ():
        name = f"downloads/{deck.name}.pptx"
        if "slides" in formats:
            from planwerk.render.slides import render_deck

            files[name], found = render_deck(deck, theme)
            overflows += found
        if name in files or name in before:
            links.append(b.Link(f"{deck.title} {deck.subtitle}", name, "PowerPoint"))
    return files, tuple(links), overflows


def _neutral() -> None:
    """Nothing of the surroundings may reach an output: time zone and locale are fixed."""
    os.environ["TZ"] = "UTC"
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ["NO_MKDOCS_2_WARNING"] = "1"


BROKEN: Answer | None = None
"""What went wrong before the first job, for all of them to answer with: a server has nobody to
tell."""


def begin(warm: Callable[[], None]) -> None:
    """Do what is done once for all jobs, and keep it out of the way of looking for garbage."""
    global BROKEN

    gc.disable()  # the server lets go of nothing, and a process ends with its job

    def work() -> Left:
        warm()
        return (), ()

    answer = _tried(work)
    if answer[1]:
        BROKEN = answer
    gc.freeze()


_neutral()
