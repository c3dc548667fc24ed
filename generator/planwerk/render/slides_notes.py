"""Speaker notes: python-pptx's notes master and its page, made once, with our words on it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from xml.sax.saxutils import escape

import pptx

from planwerk.render.assembly import Assembly, part
from planwerk.render.package import normalised

MASTER, THEME = "ppt/notesMasters/notesMaster1.xml", "ppt/theme/theme2.xml"
OFFICE = "application/vnd.openxmlformats-officedocument"
WORDS = "@@NOTES@@"


@lru_cache(maxsize=1)
def _template() -> Mapping[str, bytes]:
    """A deck of one slide with notes: its notes master, that one's theme, its notes."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    frame.text = WORDS
    out = io.BytesIO()
    deck.save(out)
    return normalised(out.getvalue())


def notes_page(made: Assembly, deck: str, slide: str, number: int, words: str, lang: str) -> None:
    """The notes of a slide; with the first come the notes' master and its theme."""
    parts = _template()
    if MASTER not in made.parts:
        made.add(MASTER, parts[MASTER], f"{OFFICE}.presentationml.notesMaster+xml")
        made.add(THEME, parts[THEME], f"{OFFICE}.theme+xml")
        made.relate(MASTER, "theme", THEME)
        made.relate(deck, "notesMaster", MASTER)
    name = f"ppt/notesSlides/notesSlide{number}.xml"
    lines = "".join(
        f'<a:p><a:r><a:rPr lang="{lang}"/><a:t>{escape(line)}</a:t></a:r></a:p>' if line else "<a:p/>"
        for line in words.split("\n")
    )  # fmt: skip
    page = parts["ppt/notesSlides/notesSlide1.xml"].decode().partition("?>\n")[2]
    before = f"<a:p><a:r><a:t>{WORDS}</a:t></a:r></a:p>"
    made.add(name, part(page.replace(before, lines, 1)), f"{OFFICE}.presentationml.notesSlide+xml")
    made.relate(name, "notesMaster", MASTER)
    made.relate(name, "slide", slide)
    made.relate(slide, "notesSlide", name)
