"""What a build is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

FORMATS = ("portal", "word", "slides")


@dataclass(frozen=True, slots=True)
class Options:
    """What to build: formats, audiences, accounts, and how."""

    out: Path = Path("build")
    formats: tuple[str, ...] = FORMATS
    audience: str | None = None
    accounts: tuple[str, ...] = ()
    as_of: date | None = None
    language: str | None = None
    brand: str = "planwerk"
    engine: str = "mkdocs"
    strict: bool = False
    plans: Path | None = None
    """The folder that holds the plans to compile, where they are not those of the workspace."""
    revision: str = ""
    """The commit (a full id) whose plans they are; "" for the working tree."""
    remember: bool = True
    """Whether what an earlier build made of the same stays as it is."""
