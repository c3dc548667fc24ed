"""Pictures of authors: what tells of their making, and whatever can hide words, does not leave."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from planwerk.text.pictures import PictureFile, Unfit, read_picture

MARK = b"KAMX-MARK"


def pixels(mode: str = "RGB") -> Image.Image:
    return Image.radial_gradient("L").resize((40, 30)).convert(mode)


def saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    blob = io.BytesIO()
    picture.save(blob, kind, **how)
    return blob.getvalue()


def seen(raw: bytes) -> tuple[tuple[int, int], bytes]:
    with Image.open(io.BytesIO(raw)) as found:
        return found.size, found.convert("RGB").tobytes()


def clean(raw: bytes) -> PictureFile:
    """The picture, which has no mark, shows the same, is sound for another program and the same again."""
    found = read_picture(raw)
    assert isinstance(found, PictureFile), found
    assert MARK not in found.data
    assert seen(found.data) == seen(raw)
    assert read_picture(found.data) == read_picture(raw) == found
    return found


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_chunk(raw: bytes, name: bytes, data: bytes) -> bytes:
    """A PNG with one chunk more, before its pixels."""
    at = raw.index(b"IDAT") - 4
    return raw[:at] + chunk(name, data) + raw[at:]


def with_segment(raw: bytes, marker: int, data: bytes) -> bytes:
    """A JPEG with one part more at its beginning."""
    return raw[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data + raw[2:]


def told() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", MARK.decode())
    info.add_text("Comment", MARK.decode() * 9, zip=True)
    info.add_itxt("XML:com.adobe.xmp", MARK.decode())
    return info


def behind_pixels() -> bytes:
    """A PNG whose last chunk of pixels goes on after they end."""
    raw = saved(pixels(), "PNG")
    at = raw.index(b"IDAT")
    size = struct.unpack(">I", raw[at - 4 : at])[0]
    data = raw[at + 4 : at + 4 + size] + MARK
    return raw[: at - 4] + chunk(b"IDAT", data) + raw[at + 8 + size :]


PLACED = Image.Exif()
PLACED[0x010F] = MARK.decode()
PLACED[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0), 29: MARK.decode()}  # where it was taken
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
MOVING = [pixels(), pixels("L").convert("RGB").rotate(90)]
TELLING: dict[str, bytes] = {
    "png: texts": saved(pixels(), "PNG", pnginfo=told()),
    "png: Exif": saved(pixels(), "PNG", exif=PLACED.tobytes()),
    "png: a colour profile": saved(pixels(), "PNG", icc_profile=PROFILE),
    "png: bytes after the end": saved(pixels(), "PNG") + MARK,
    "png: bytes behind the pixels": behind_pixels(),
    "png: a chunk of one's own": with_chunk(saved(pixels(), "PNG"), b"kaMx", MARK),
    "png: a second time of a kind": with_chunk(with_chunk(saved(pixels(), "PNG"), b"gAMA", struct.pack(">I", 45455)), b"gAMA", struct.pack(">I", 45455)),
    "png: moving": saved(MOVING[0], "PNG", save_all=True, append_images=MOVING[1:]),
    "png: 16 bits": saved(Image.new("I;16", (9, 9), 40_000), "PNG"),
    "png: a palette that is clear in parts": saved(pixels().quantize(16), "PNG", transparency=3),
    "jpeg: Exif": saved(pixels(), "JPEG", exif=PLACED.tobytes()),
    "jpeg: a remark": saved(pixels(), "JPEG", comment=MARK),
    "jpeg: a colour profile": saved(pixels(), "JPEG", icc_profile=PROFILE),
    "jpeg: XMP": with_segment(saved(pixels(), "JPEG"), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + MARK),
    "jpeg: a small picture for lists": with_segment(saved(pixels(), "JPEG"), 0xE0, b"JFXX\0\x10" + MARK),
    "jpeg: bytes after the end": saved(pixels(), "JPEG") + MARK,
    "jpeg: four inks": saved(pixels("CMYK"), "JPEG"),
    "jpeg: grey": saved(pixels("L"), "JPEG"),
    "jpeg: in several scans": saved(pixels(), "JPEG", progressive=True),
}  # fmt: skip


@pytest.mark.parametrize("what", TELLING)
def test_nothing_beside_the_pixels_is_left(what: str) -> None:
    found = clean(TELLING[what])
    for telling in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"acTL", b"fdAT", b"Exif", b"ICC_PROFILE", b"http://ns"):  # fmt: skip
        assert telling not in found.data


def test_a_part_that_no_standard_has_is_left_out() -> None:
    raw = saved(pixels(), "JPEG")
    assert read_picture(with_segment(raw, 0xF5, MARK)) == read_picture(raw)


def test_the_ink_of_adobe_stays_and_nothing_behind_it() -> None:
    raw = saved(pixels("CMYK"), "JPEG")
    at = raw.index(b"\xff\xee")
    longer = raw[:at] + b"\xff\xee" + struct.pack(">H", 14 + len(MARK)) + raw[at + 4 : at + 16] + MARK + raw[at + 16 :]  # fmt: skip
    assert b"Adobe" in clean(longer).data


@pytest.mark.parametrize(("name", "data"), [(b"gAMA", b"\0\0\0\1" + MARK), (b"sRGB", b"\0" + MARK), (b"cHRM", MARK), (b"tRNS", MARK), (b"PLTE", MARK * 90)])  # fmt: skip
def test_a_chunk_longer_than_its_kind_is_refused(name: bytes, data: bytes) -> None:
    assert read_picture(with_chunk(saved(pixels(), "PNG"), name, data)) == Unfit("picture-broken")


@pytest.mark.parametrize("marker", [0xDB, 0xC4, 0xDD])
def test_a_table_longer_than_it_says_is_refused(marker: int) -> None:
    raw = saved(pixels(), "JPEG")
    assert read_picture(with_segment(raw, marker, b"\0\1" + MARK)) == Unfit("picture-broken")


@pytest.mark.parametrize("turn", range(2, 9))
def test_a_picture_that_the_camera_held_otherwise_is_told(turn: int) -> None:
    turned = Image.Exif()
    turned[0x0112] = turn
    assert read_picture(saved(pixels(), "JPEG", exif=turned.tobytes())) == Unfit("picture-turned")


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "BMP", "TIFF", "ICO"])
def test_other_kinds_are_refused_whatever_they_are_called(kind: str) -> None:
    assert read_picture(saved(pixels(), kind)) == Unfit("picture-broken")
