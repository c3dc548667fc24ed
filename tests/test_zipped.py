"""Files that somebody sends: templates and documents to verify, damaged or meant to do harm."""

from __future__ import annotations

import io
import struct
import time
import warnings
import zipfile
from collections.abc import Callable

import docx
import pytest

from planwerk.render.foreign import Broken, tree, unpacked
from planwerk.render.package import pack
from planwerk.verify import Verdict, verify
from planwerk.zipped import Unsafe, unzipped

BODY = "word/document.xml"
Parts = dict[str, bytes]


def sound() -> Parts:
    blob = io.BytesIO()
    docx.Document().save(blob)
    with zipfile.ZipFile(blob) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(how: int, *more: tuple[str, bytes]) -> bytes:
    """Such a file packed another way, with further parts."""
    blob = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a second part of one name
        with zipfile.ZipFile(blob, "w", how) as package:
            for name, content in (*sound().items(), *more):
                package.writestr(name, content)
    return blob.getvalue()


def struck(raw: bytes, at: int, *, until: int | None = None, byte: int = 0xFF) -> bytes:
    """A file with other bytes from here to there."""
    end = at + 1 if until is None else until
    return raw[:at] + bytes([byte]) * (end - at) + raw[end:]


def body(xml: bytes) -> bytes:
    return pack({**sound(), BODY: xml})


def encrypted() -> bytes:
    raw = pack(sound())
    last = raw.rindex(b"PK\1\2")
    return struck(struck(raw, 6, byte=1), last + 8, byte=1)


def lying() -> bytes:
    """A part of 70 MB that says it has ten bytes."""
    raw = zipped(zipfile.ZIP_DEFLATED, ("word/media/x.png", bytes(70_000_000)))
    last = raw.rindex(b"PK\1\2")
    return raw[: last + 24] + struct.pack("<I", 10) + raw[last + 28 :]


def unnamed() -> bytes:
    """A part whose name says it is UTF-8 and is not."""
    raw = bytearray(pack(sound()))
    last = raw.rindex(b"PK\1\2")
    raw[last + 8 : last + 10] = struct.pack("<H", 0x800)
    raw[last + 46 : last + 48] = b"\xff\xfe"
    return bytes(raw)


ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {n} '&{o};&{o};&{o};&{o};&{o};&{o};&{o};&{o};'>" for o, n in zip("abcdefghijk", "bcdefghijkl", strict=True)) + "]><a>&l;</a>"  # fmt: skip
SENT: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "no zip": lambda: b"hello",
    "its beginning alone": lambda: b"PK\3\4",
    "cut in the middle": lambda: pack(sound())[:9000],
    "its end cut off": lambda: pack(sound())[:-30],
    "rubbish in a stream": lambda: struck(pack(sound()), 60, until=120),
    "rubbish in LZMA": lambda: struck(zipped(zipfile.ZIP_LZMA), 80, until=140),
    "rubbish in bzip2": lambda: struck(zipped(zipfile.ZIP_BZIP2), 80, until=140),
    "encrypted": encrypted,
    "a name that cannot be read": unnamed,
    "a part twice": lambda: zipped(zipfile.ZIP_DEFLATED, (BODY, b"<a/>")),
    "a part that leads out": lambda: zipped(zipfile.ZIP_DEFLATED, ("../../evil", b"x")),
    "an absolute part": lambda: zipped(zipfile.ZIP_DEFLATED, ("/etc/evil", b"x")),
    "a bomb": lambda: zipped(zipfile.ZIP_DEFLATED, ("word/media/x.png", bytes(310_000_000))),
    "a bomb that says it is small": lying,
    "many parts": lambda: zipped(zipfile.ZIP_STORED, *((f"{n}.xml", b"<a/>") for n in range(6000))),
    "an outside entity": lambda: body(ENTITY.encode()),
    "an outside entity in UTF-16": lambda: body(
        f'<?xml version="1.0" encoding="UTF-16"?>{ENTITY}'.encode("utf-16")
    ),
    "a billion laughs": lambda: body(LAUGHS.encode()),
    "200,000 levels": lambda: body(b"<a>" * 200_000 + b"</a>" * 200_000),
    "cut XML": lambda: body(b"<a><b></a>"),
}
HEAVY: dict[str, Callable[[], bytes]] = {
    "100,000 attributes": lambda: body(b"<a " + b" ".join(b'a%d="x"' % n for n in range(100_000)) + b"/>"),
    "20,000 namespaces": lambda: body(b"<a " + b" ".join(b'xmlns:a%d="http://x%d"' % (n, n) for n in range(20_000)) + b">" + b"<b/>" * 2000 + b"</a>"),
    "a namespace without a scheme": lambda: body(b'<a xmlns:b="b"/>'),
    "namespaces in depth": lambda: body(b"".join(b"<a " + b" ".join(b'xmlns:n%d="http://x%d"' % (j, n) for j in range(64)) + b">" for n in range(240)) + b"</a>" * 240),
}  # fmt: skip
"""What is well-formed, and takes a program minutes that brings it in order."""


@pytest.mark.parametrize("what", SENT)
def test_what_is_no_sound_file_has_one_answer(what: str) -> None:
    raw, begun = SENT[what](), time.process_time()
    with pytest.raises(Broken):  # a template of a brand
        for name, part in unpacked(raw, BODY).items():
            if name == BODY:
                tree(part)
    assert verify(raw, "a.docx", {"files": {}}) == Verdict("unknown")
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("what", HEAVY)
def test_what_would_take_minutes_takes_none(what: str) -> None:
    raw, begun = HEAVY[what](), time.process_time()
    assert verify(raw, "a.docx", {"files": {}}) == Verdict("unknown")
    tree(unpacked(raw, BODY)[BODY])
    assert time.process_time() - begun < 2


def test_a_sound_file_is_unpacked() -> None:
    assert unzipped(pack(sound()), 100, 10_000_000) == sound()
    with pytest.raises(Unsafe):
        unzipped(pack(sound()), 3, 10_000_000)
    with pytest.raises(Unsafe):
        unzipped(pack(sound()), 100, 1000)
