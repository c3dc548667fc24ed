"""A picture of elsewhere, a PNG or JPEG, painted anew from its pixels.

A file is decoded and its pixels are coded once more, by a library that all use. So nothing that
says where, when and with what a picture was made is in an output, nothing lies before, between or
behind its pixels, and no reader's program meets bytes that it might stumble over. What nobody can
see goes too: the colours under clear pixels, and colours of a palette that no pixel has. JPEGs keep
their own tables, so that they lose next to nothing. Pictures that a camera held otherwise are
turned upright, moving ones show their first picture, and all colours are taken for the web's.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import Image

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
"""How the files of both kinds begin."""

Kind = Literal["png", "jpeg"]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as outputs may hold it; `width` and `height` in pixels."""

    kind: Kind
    width: int
    height: int
    data: bytes


class TooManyPixelsError(Exception):
    """A picture has more pixels than may be; its arguments are its width and height."""


def painted(raw: bytes, most: int) -> PictureFile | None:
    """The picture that a file holds, painted anew; None for what is no PNG or JPEG, or broken.

    TooManyPixelsError if it has more than `most` pixels; they are counted before any is decoded.
    """
    kind: Kind | None = "png" if raw.startswith(PNG) else "jpeg" if raw.startswith(JPEG) else None
    if kind is None:
        return None
    from PIL import Image  # only where there are pictures: it takes as long as half a check

    Image.MAX_IMAGE_PIXELS = None  # they are counted here
    try:
        with (
            warnings.catch_warnings(action="ignore"),  # of damaged notes, which are left out
            Image.open(io.BytesIO(raw), formats=(kind.upper(),)) as found,
        ):
            width, height = found.size
            if width * height > most:
                raise TooManyPixelsError(width, height)
            return (_png if kind == "png" else _jpeg)(found)
    except (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, EOFError, struct.error):  # fmt: skip
        return None  # a decoder's faults have many names


def _png(found: Image.Image) -> PictureFile:
    found.load()
    picture = _upright(found)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        clear = picture.getchannel("A").point([255, *[0] * 255])
        picture.paste((0, 0, 0, 0), mask=clear)
    elif picture.mode == "P":
        picture = picture.remap_palette([n for n, count in enumerate(picture.histogram()) if count])
    elif picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    picture.info = {}
    return _saved(picture, "png")


def _jpeg(found: Image.Image) -> PictureFile:
    from PIL import JpegImagePlugin

    assert isinstance(found, JpegImagePlugin.JpegImageFile)
    found.load()
    how = {"qtables": found.quantization, "subsampling": JpegImagePlugin.get_sampling(found)}
    picture = _upright(found)
    picture.info = {}
    if picture.mode == "CMYK":  # printers' colours, which each program shows in its own way
        return _saved(picture.convert("RGB"), "jpeg", quality=92, subsampling=0)
    return _saved(picture, "jpeg", **how)


def _upright(found: Image.Image) -> Image.Image:
    """A picture as the camera was held."""
    from PIL import ImageOps

    return ImageOps.exif_transpose(found)


def _saved(picture: Image.Image, kind: Kind, **how: object) -> PictureFile:
    out = io.BytesIO()
    picture.save(out, kind, optimize=True, **how)
    return PictureFile(kind, *picture.size, out.getvalue())
