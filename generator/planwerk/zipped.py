"""A zip file of elsewhere, unpacked safely: whatever is wrong with it, one answer."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

_DAMAGED = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError,
    OverflowError, MemoryError, zlib.error, lzma.LZMAError, struct.error,
)  # fmt: skip
"""What the library raises for files that are cut, changed, encrypted or packed otherwise."""


class Unsafe(ValueError):  # noqa: N818 - a file that somebody sent is no error of ours
    """What is no zip file, or none that can be unpacked safely."""


def unzipped(raw: bytes, most_parts: int, most_bytes: int) -> dict[str, bytes]:
    """The parts of a zip file by name.

    Unsafe where it is damaged or encrypted, holds more parts or bytes than may be (asked of its
    list, before anything is unpacked), two parts of one name, of which programs read either, or
    a name that leads out of a folder.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            listed = package.infolist()
            if len(listed) > most_parts or sum(one.file_size for one in listed) > most_bytes:
                raise Unsafe
            names = {one.filename.casefold() for one in listed}
            if len(names) != len(listed) or any(_leaves(one.orig_filename) for one in listed):
                raise Unsafe
            return {one.filename: package.read(one) for one in listed}
    except _DAMAGED:
        raise Unsafe from None


def _leaves(name: str) -> bool:
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")
