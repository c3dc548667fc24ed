"""Where in an output lies what whom is told: the one place that names its folders.

internal/                       for us: all accounts, and accounts/<account>/ of each
clients/<account>/              for a client
partners/<account>/<partner>/   for a partner in the plans of one account
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TypeVar

P = TypeVar("P", bound=PurePath)

OVERALL = "internal"
"""The part over all accounts; below it lie the parts of the accounts, which are none of its."""
CLIENTS, PARTNERS = "clients", "partners"


def owner(name: str) -> tuple[str, str]:
    """The audience of a file or folder in the output, and its account; "" for what is about all."""
    first, *rest = name.split("/")
    if first == CLIENTS:
        return "client", rest[0] if rest else ""
    if first == PARTNERS and len(rest) > 1:
        return f"partner:{rest[1]}", rest[0]
    return "internal", rest[1] if rest[:1] == ["accounts"] and len(rest) > 1 else ""


def folder_of(audience: str, account: str) -> str:
    """The folder of what an audience outside the house is told of an account."""
    if audience == "client":
        return f"{CLIENTS}/{account}"
    return f"{PARTNERS}/{account}/{audience.removeprefix('partner:')}"


def first_page(audience: str | None) -> str:
    """Where to begin to read in an output that was made for an audience, or for all (None)."""
    if audience in (None, OVERALL):
        return f"{OVERALL}/index.html"
    return CLIENTS if audience == "client" else PARTNERS


def above(folder: P, part: str) -> P:
    """The output that a `folder` lies in, which is that `part` of it."""
    for _ in part.split("/"):
        folder = folder.parent
    return folder


def is_outside(name: str) -> bool:
    """Whether a file or folder of the output is for somebody outside the house."""
    return name.startswith((f"{CLIENTS}/", f"{PARTNERS}/"))


def outside(folder: Path) -> Iterator[str]:
    """The folders below an output that are for somebody outside the house, in order."""
    for pattern in (f"{CLIENTS}/*", f"{PARTNERS}/*/*"):
        yield from (path.relative_to(folder).as_posix() for path in sorted(folder.glob(pattern)))
