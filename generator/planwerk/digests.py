"""What tells one projection, and one state of the program, from another.

The same values give the same digest in every process, as they are packed as the same bytes
(`packing.py`). Two digests may differ although nothing that is shown does; then something is made
again that need not be, and that is all.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from planwerk.theme import BUILT_IN, data_folder

LIBRARIES = (
    "babel", "jinja2", "lxml", "markdown-it-py", "mdit-py-plugins", "mkdocs", "mkdocs-material", "pydantic",
    "python-docx", "python-pptx", "xlsxwriter",
)  # fmt: skip
"""What also decides how an output looks."""


def joined(parts: Iterable[bytes | str]) -> str:
    """One digest of several digests or words, in hex."""
    whole = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        whole.update(len(raw).to_bytes(8, "big") + raw)
    return whole.hexdigest()


@lru_cache(maxsize=4)
def of_program(brand: str) -> str:
    """The digest of all that makes outputs but plans and options: the program, its texts, the
    look, the libraries, and the files of the brand (a name, or the folder of the house's own)."""
    package, themes = Path(__file__).resolve().parent, data_folder("themes")
    own = Path(brand) if os.path.isabs(brand) else themes / brand  # noqa: PTH117
    rows = [sys.version, brand, *_libraries()]
    for folder in dict.fromkeys((package, themes / BUILT_IN, own)):
        rows += _files(folder)
    return joined(rows)


@lru_cache(maxsize=1)
def _libraries() -> list[str]:
    return [f"{name} {version(name)}" for name in LIBRARIES]


def _files(folder: Path) -> list[str]:
    """The files below a folder with what the file system says of them."""
    rows = []
    for above, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        for name in sorted(names):
            found = os.stat(os.path.join(above, name))  # noqa: PTH116, PTH118 - many files
            rows.append(f"{above}/{name} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_size}")
    return rows
