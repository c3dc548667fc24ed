"""The pictures that texts show: what their files may be called, where they lie, how large they are."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from planwerk.painted import PictureFile, TooManyPixelsError, painted

NAME = re.compile(r"(?i)[^/\\]+\.(png|jpe?g)")
"""What a picture's file is called."""
MAX_PICTURE = 2 << 20
MAX_PIXELS = 12_000_000

Fault = Literal["picture-broken", "picture-too-large"]


@dataclass(frozen=True, slots=True)
class Unfit:
    """What is wrong with a picture's file: the rule, and what was found."""

    rule: Fault
    found: str = ""


def located(folder: str, target: str) -> str | None:
    """The name below the account's folder that `target` means in a text of a file in `folder`
    ("" for the account's own); None if it leads elsewhere or to no picture."""
    name = unquote(target)
    if "\\" in name or "\x00" in name or name.startswith("/") or re.match(r"[\w+.-]+:", name):
        return None
    name = posixpath.normpath(posixpath.join(folder, name))
    return name if not name.startswith("../") and NAME.fullmatch(posixpath.basename(name)) else None


def read_picture(raw: bytes) -> PictureFile | Unfit:
    """The picture that a file holds, painted anew, or why it is not fit for an output."""
    if len(raw) > MAX_PICTURE:
        return Unfit("picture-too-large", f"{len(raw) >> 10} KiB")
    try:
        return painted(raw, MAX_PIXELS) or Unfit("picture-broken")
    except TooManyPixelsError as fault:
        return Unfit("picture-too-large", "{} × {}".format(*fault.args))
