"""Pictures of authors: what tells of their making, and whatever can hide words, does not leave."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, PngImagePlugin

from planwerk.painted import PictureFile
from planwerk.text.pictures import Unfit, read_picture

MARK = b"KAMX-MARK"


def pixels(mode: str = "RGB") -> Image.Image:
    return Image.radial_gradient("L").resize((40, 30)).convert(mode)


def saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    blob = io.BytesIO()
    picture.save(blob, kind, **how)
    return blob.getvalue()


def seen(raw: bytes) -> Image.Image:
    with Image.open(io.BytesIO(raw)) as found:
        if found.mode == "I;16":  # Pillow would cut what is brighter than 255
            return Image.frombytes("L", found.size, found.tobytes()[1::2]).convert("RGBA")
        return found.convert("RGBA")


def unlike(one: Image.Image, other: Image.Image) -> int:
    """By how much two pictures differ where they differ most, of 255; the colours of pixels that
    are clear do not count."""
    assert one.size == other.size
    on_grey = [Image.alpha_composite(Image.new("RGBA", x.size, "grey"), x) for x in (one, other)]
    return max(high for _, high in ImageChops.difference(*on_grey).convert("RGB").getextrema())


def clean(raw: bytes, most: int = 0) -> PictureFile:
    """The picture, which has no mark, shows the same to so much (of 255) and is sound for another
    program."""
    found = read_picture(raw)
    assert isinstance(found, PictureFile), found
    assert MARK not in found.data
    assert unlike(seen(found.data), seen(raw)) <= most
    assert isinstance(read_picture(found.data), PictureFile)
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


JPEG = 3
"""By how much a JPEG that is painted anew with its own tables may differ, of 255."""


@pytest.mark.parametrize("what", TELLING)
def test_nothing_beside_the_pixels_is_left(what: str) -> None:
    found = clean(TELLING[what], JPEG if "jpeg" in what else 0)
    for telling in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"acTL", b"fdAT", b"Exif", b"ICC_PROFILE", b"http://ns", b"Adobe"):  # fmt: skip
        assert telling not in found.data


def test_bytes_among_the_coded_pixels_of_a_jpeg_are_left_out() -> None:
    """Behind the last pixel, before the end: programs that show it do not read them."""
    raw = saved(pixels(), "JPEG")
    assert raw.endswith(b"\xff\xd9")
    assert clean(raw[:-2] + MARK + raw[-2:], JPEG) == clean(raw, JPEG)


def test_what_was_under_clear_pixels_is_gone() -> None:
    """Who wipes a name out of a picture may only have made it clear."""
    wiped = pixels("RGBA")
    wiped.paste((200, 30, 40), (5, 5, 20, 20))
    alpha = wiped.getchannel("A")
    alpha.paste(0, (5, 5, 20, 20))
    wiped.putalpha(alpha)
    assert wiped.getpixel((10, 10)) == (200, 30, 40, 0)
    assert seen(clean(saved(wiped, "PNG")).data).getpixel((10, 10)) == (0, 0, 0, 0)


def test_colours_that_no_pixel_has_are_gone() -> None:
    raw = saved(pixels().quantize(16), "PNG")
    with Image.open(io.BytesIO(raw)) as found:
        found.load()
        found.putpalette([*found.getpalette()[:48], *MARK])  # type: ignore[index]
        told = saved(found, "PNG")
    assert MARK in told
    assert clean(told) == clean(raw)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_is_turned_as_the_camera_was_held(kind: str, turn: int) -> None:
    turned = Image.Exif()
    turned[0x0112] = turn
    upright = pixels().resize((48, 32))
    upright.paste((64, 64, 64), (0, 0, 16, 16))  # as large as what JPEG calculates at once
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how a camera would have laid it down
    laid = upright if turn == 1 else upright.transpose(Image.Transpose(back[turn]))
    found = read_picture(saved(laid, kind, exif=turned.tobytes(), **({"quality": 95} if kind == "JPEG" else {})))  # fmt: skip
    assert isinstance(found, PictureFile)
    assert (found.width, found.height) == upright.size
    assert unlike(seen(found.data), upright.convert("RGBA")) <= (9 if kind == "JPEG" else 0)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "BMP", "TIFF", "ICO"])
def test_other_kinds_are_refused_whatever_they_are_called(kind: str) -> None:
    assert read_picture(saved(pixels(), kind)) == Unfit("picture-broken")
