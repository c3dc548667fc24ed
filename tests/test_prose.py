"""What authors write: footnotes, boxes to tick and pictures, in every output and past the gate."""

from __future__ import annotations

import io
import re
import struct
import tracemalloc
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

import pytest
from PIL import Image

import gallery
from conftest import ACCOUNT, PLAN, Write
from planwerk import blocks as b
from planwerk.audience import CLIENT, project
from planwerk.compose.prose import parse_prose
from planwerk.history.prose import unwrapped
from planwerk.model.account import Profile
from planwerk.model.pictured import proses
from planwerk.model.portfolio import Account, Period
from planwerk.model.record import Record
from planwerk.model.walk import shape
from planwerk.painted import PictureFile
from planwerk.read import read
from planwerk.render.html import PICTURES, Writer
from planwerk.render.word import render_document
from planwerk.text.pictures import MAX_PICTURE, Unfit, located, read_picture
from planwerk.text.prose import check_prose
from planwerk.theme import load_theme
from test_office import parts

SECRET = b"taken in Luebeck by Brandt"


def png(color: tuple[int, int, int] = (31, 78, 121), size: tuple[int, int] = (40, 30)) -> bytes:
    """A PNG that tells more than its picture."""
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Comment", SECRET.decode())
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "png", pnginfo=told)
    return out.getvalue()


def jpeg(turn: int = 1, **how: object) -> bytes:
    """A JPEG with what a camera notes."""
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010E] = SECRET.decode()
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (9, 9, 9)).save(out, "jpeg", exif=exif, comment=SECRET, **how)
    return out.getvalue()


# --- pictures as files -----------------------------------------------------------------------


@pytest.mark.parametrize("raw", [png(), jpeg(), jpeg(progressive=True)])
def test_a_picture_keeps_its_pixels_and_loses_what_it_tells(raw: bytes) -> None:
    found = read_picture(raw)
    assert isinstance(found, PictureFile)
    assert SECRET in raw and SECRET not in found.data and b"Exif" not in found.data
    before, after = Image.open(io.BytesIO(raw)), Image.open(io.BytesIO(found.data))
    assert before.tobytes() == after.tobytes()
    assert after.size == (found.width, found.height) == (40, 30)
    again = read_picture(found.data + b"what follows the end of a picture")
    assert again == found


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (37, 19)).save(out, "png")
    found = read_picture(out.getvalue())
    assert isinstance(found, PictureFile), mode
    before, after = (Image.open(io.BytesIO(raw)) for raw in (out.getvalue(), found.data))
    assert before.convert("RGBA").tobytes() == after.convert("RGBA").tobytes()


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_every_kind_of_jpeg_is_read(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (37, 19), 7 if mode == "L" else (9, 80, 30, 4)).save(out, "jpeg")
    found = read_picture(out.getvalue())
    assert isinstance(found, PictureFile), mode
    before, after = (
        Image.open(io.BytesIO(raw)).convert("RGB").getpixel((9, 9))
        for raw in (out.getvalue(), found.data)
    )
    assert before == pytest.approx(after, abs=2)


def interlaced() -> bytes:
    """A PNG of 5 by 3 grey pixels in seven passes, made by hand."""
    lines = b"".join(b"\0" + bytes(w) for w, h in ((1, 1), (1, 1), (2, 0), (1, 1), (3, 1), (2, 2), (5, 1)) for _ in range(h))  # fmt: skip

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))  # fmt: skip

    head = struct.pack(">2I5B", 5, 3, 8, 0, 0, 0, 1)
    body = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(lines)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def test_an_interlaced_png_is_read() -> None:
    assert Image.open(io.BytesIO(interlaced())).size == (5, 3)
    assert isinstance(read_picture(interlaced()), PictureFile)


@pytest.mark.parametrize("raw", [png(), jpeg(), jpeg(progressive=True), interlaced()])
def test_a_picture_that_is_cut_or_damaged_is_no_picture(raw: bytes) -> None:
    whole = read_picture(raw)
    assert isinstance(whole, PictureFile)
    for end in range(0, len(raw), 7):  # where all its pixels are there, it is the whole picture
        assert isinstance(read_picture(raw[:end]), Unfit) or read_picture(raw[:end]) == whole, end
    assert isinstance(read_picture(raw[: len(raw) // 2]), Unfit)
    for at in range(len(raw)):  # whatever stands there: an answer, never an exception
        read_picture(raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :])


def test_what_is_no_fit_picture_says_why() -> None:
    assert read_picture(b"GIF89a" + bytes(40)) == Unfit("picture-broken")
    assert read_picture(b"<svg/>") == Unfit("picture-broken")
    assert read_picture(png() + bytes(MAX_PICTURE)) == Unfit("picture-too-large", "2048 KiB")
    assert read_picture(png(size=(4000, 4000))) == Unfit("picture-too-large", "4000 × 4000")


def test_few_bytes_that_unpack_to_many_are_read_as_far_as_pixels_go() -> None:
    head = struct.pack(">2I5B", 100, 100, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))  # fmt: skip

    bomb = chunk(b"IDAT", zlib.compress(bytes(200 << 20), 9))
    raw = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + bomb + chunk(b"IEND", b"")
    assert len(raw) < MAX_PICTURE
    tracemalloc.start()
    found = read_picture(raw)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, PictureFile)
    assert (found.width, found.height, len(found.data) < 1000) == (100, 100, True)
    assert most < 10 << 20


@pytest.mark.parametrize(
    ("folder", "target", "name"),
    [
        ("", "a.png", "a.png"), ("2026-h2", "a.JPG", "2026-h2/a.JPG"), ("2026-h2", "../pictures/a.png", "pictures/a.png"),
        ("2026-h2", "./b%20c.jpeg", "2026-h2/b c.jpeg"), ("", "%C3%BCber.png", "über.png"),
        ("", "../a.png", None), ("2026-h2", "../../other/a.png", None), ("", "%2e%2e/other/a.png", None),
        ("", "/etc/a.png", None), ("", "https://host/a.png", None), ("", "//host/a.png", None), ("", "C:/a.png", None),
        ("", "data:image/png;base64,AA.png", None), ("", "a\\b.png", None), ("", "a%00.png", None), ("", "a.svg", None), ("", "account.md", None),
    ],
)  # fmt: skip
def test_a_picture_lies_in_its_accounts_folder(folder: str, target: str, name: str | None) -> None:
    assert located(folder, target) == name


# --- reading ---------------------------------------------------------------------------------

WELL = f"{ACCOUNT}Vor dem Bild.\n\n![Das Lager](pictures/lager.png)\n\nDanach.\n"


def rules(root: Path) -> set[tuple[str, str]]:
    return {(p.rule, str(p.place)) for p in read(root).problems}


def test_a_picture_beside_the_plan_is_read_without_a_word(workspace: Write) -> None:
    reading = read(workspace({"nordwind/account.md": WELL, "nordwind/pictures/lager.png": png()}))
    assert reading.problems == []
    assert reading.portfolio is not None
    (account,) = reading.portfolio.accounts
    assert list(account.pictures) == ["pictures/lager.png"]
    assert SECRET not in account.pictures["pictures/lager.png"].data


@pytest.mark.parametrize(
    ("body", "file", "raw", "rule", "place"),
    [
        ("![a](pictures/b.png)", "pictures/a.png", png(), "picture-missing", "account.md:6:1"),
        ("![a](pictures/A.png)", "pictures/a.png", png(), "picture-missing", "account.md:6:1"),
        ("![a](pictures/b.png)", "pictures/a.png", png(), "picture-unused", "pictures/a.png:1:1"),
        ("x\n\n![](pictures/a.png)", "pictures/a.png", png(), "picture-without-words", "account.md:8:1"),
        ("x ![a](pictures/a.png)", "pictures/a.png", png(), "picture-in-line", "account.md:6:3"),
        ("# ![a](pictures/a.png)", "pictures/a.png", png(), "picture-in-line", "account.md:6:3"),
        ("| ![a](pictures/a.png) |\n|---|", "pictures/a.png", png(), "picture-in-line", "account.md:6:3"),
        ("[![a](pictures/a.png)](https://x.example)", "pictures/a.png", png(), "picture-in-line", "account.md:6:2"),
        ("![a](pictures/a.png) ![b](https://x.example/b.png)", "pictures/a.png", png(), "picture-in-prose", "account.md:6:22"),
        ("![a](pictures/a.png)", "pictures/a.png", b"GIF89a", "picture-broken", "account.md:6:1"),
        ("![a](pictures/a.png)", "pictures/a.png", bytes(MAX_PICTURE + 1), "picture-too-large", "account.md:6:1"),
        ("![a](../other/a.png)", "../other/a.png", png(), "picture-in-prose", "account.md:6:1"),
        ("x", "pictures/a.txt", b"x", "unknown-file", "pictures/a.txt:1:1"),
        ("x", "notes.png", png(), "picture-unused", "notes.png:1:1"),
        ("x[^1]\n\n[^1]: a\n\n[^2]: b", "meetings/a.png", png(), "footnote-lost", "account.md:10:1"),
        ("x[^1]\n\n[^1]: a\n\n[^1]: b", "meetings/a.png", png(), "footnote-lost", "account.md:10:1"),
        ("x [^7]", "2026-h2/a.png", png(), "footnote-missing", "account.md:6:3"),
        ("x[^1]\n\n[^1]: a [^2]\n\n[^2]: b", "a.png", png(), "footnote-lost", "account.md:10:1"),
        ("x[^1]\n\n[^1]: a [^1]", "a.png", png(), "footnote-missing", "account.md:8:9"),
        ("| x[^1] |\n|---|\n\n[^1]: a", "a.png", png(), "footnote-missing", "account.md:6:4"),
        ("x[^1]\n\n[^1]: a\n\n    ![a](a.png)", "a.png", png(), "picture-in-line", "account.md:10:5"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_told_with_its_place(
    workspace: Write, body: str, file: str, raw: bytes, rule: str, place: str
) -> None:
    root = workspace({"nordwind/account.md": f"{ACCOUNT}{body}\n", f"nordwind/{file}": raw})
    assert (rule, f"plans/nordwind/{place}") in rules(root)


def test_only_texts_of_accounts_show_pictures(workspace: Write) -> None:
    persona = "---\nname: Leitung\n---\n![a](a.png)\n"
    root = workspace({"personas/head.md": persona, "../site/help.de.md": "# Hilfe\n\n![a](a.png)\n"})  # fmt: skip
    found = rules(root)
    assert ("picture-in-prose", "plans/personas/head.md:4:1") in found
    assert ("picture-in-prose", "site/help.de.md:3:1") in found


def test_a_link_is_no_picture(workspace: Write) -> None:
    root = workspace({"nordwind/account.md": WELL})
    outside = root / "outside.png"
    outside.write_bytes(png())
    (root / "plans/nordwind/pictures").mkdir()
    (root / "plans/nordwind/pictures/lager.png").symlink_to(outside)
    assert {rule for rule, _ in rules(root)} == {"symlink", "picture-missing"}


# --- the gate --------------------------------------------------------------------------------


def test_a_picture_leaves_the_house_with_the_text_that_shows_it_and_no_other_does(
    workspace: Write,
) -> None:
    inside, told = png((1, 2, 3)), png((4, 5, 6))
    root = workspace(
        {
            "nordwind/account.md": f"{ACCOUNT}![Intern](pictures/inside.png)\n\n![Beides](pictures/both.png)\n",
            "nordwind/client.md": "---\nshare: client\n---\n![Gezeigt](pictures/told.png)\n\n![Beides](pictures/both.png)\n",
            "nordwind/2026-h2/plan.md": PLAN.replace("goals:", "share: client\ngoals:", 1),
            "nordwind/pictures/inside.png": inside, "nordwind/pictures/told.png": told,
            "nordwind/pictures/both.png": png((7, 8, 9)),
        }
    )  # fmt: skip
    reading = read(root)
    assert reading.problems == [] and reading.portfolio is not None
    assert set(reading.portfolio.accounts[0].pictures) == {f"pictures/{n}.png" for n in ("inside", "told", "both")}  # fmt: skip
    (seen,) = project(reading.portfolio, CLIENT, "nordwind").accounts
    assert set(seen.pictures) == {"pictures/told.png", "pictures/both.png"}
    hidden = reading.portfolio.accounts[0].pictures["pictures/inside.png"].data
    assert hidden not in [file.data for file in seen.pictures.values()]


def test_all_prose_of_an_account_is_looked_through_for_pictures() -> None:
    kinds = [
        kind for of in (Account, Period) for name in shape(of).inner if (kind := _kind(of, name))
    ]
    held = {kind.__name__ for kind in kinds if "body" in kind.model_fields}
    assert {Profile.__name__, "Meeting", "Review", "Plan"} <= held
    texts = {name: f"![{name}]({name}.png)" for name in held}
    made = {kind.__name__: kind.model_construct(**{**_empty(kind), "body": texts[kind.__name__]}) for kind in kinds if kind.__name__ in held}  # fmt: skip
    period = Period.model_construct(id="2026-h2", plan=made["Plan"], tasks=made["TaskFile"], review=made["Review"], risks=made["RiskFile"], slides=made["SlideFile"], results=())  # fmt: skip
    account = Account.model_construct(
        id="nordwind", profile=made["Profile"], client=made["ClientPage"], people=made["StakeholderFile"],
        interview=made["Interview"], journey=made["Journey"], competition=made["Competition"],
        meetings=(made["Meeting"],), periods=(period,),
    )  # fmt: skip
    assert sorted(body for _, body in proses(account) if body) == sorted(texts.values())


def _empty(kind: type[Record]) -> dict[str, object]:
    return {n: None if f.is_required() else f.get_default(call_default_factory=True) for n, f in kind.model_fields.items()}  # fmt: skip


def _kind(of: type[Record], name: str) -> type[Record] | None:
    from planwerk.model.walk import _parts

    found = [p for p in _parts(of.model_fields[name].annotation) if isinstance(p, type) and issubclass(p, Record)]  # fmt: skip
    return found[0] if found else None


# --- what blocks become of it ----------------------------------------------------------------

BODY = """\
Drei Tore[^tor] sind offen[^2], wie oben[^tor].

- [x] Tor **eins** melden
- [ ] Tor zwei melden
- [link](#a) ohne Kästchen
- [y] auch keines

![Das Lager](lager.png "Das Lager in Lübeck")

[^2]: Gezählt am *15. Oktober*.
[^tor]: Erste Zeile.

    Zweiter Absatz.
"""


def said(body: str) -> tuple[b.Block, ...]:
    file = read_picture(png())
    assert isinstance(file, PictureFile)
    return parse_prose(
        body, lambda name: None, lambda target: file if target == "lager.png" else None
    )


def test_footnotes_are_numbered_as_the_text_refers_to_them() -> None:
    paragraph, boxes, image, notes = said(BODY)
    assert isinstance(paragraph, b.Paragraph) and isinstance(notes, b.Notes)
    assert b.plain(paragraph.text) == "Drei Tore¹ sind offen², wie oben¹."
    assert [run.note.number for run in paragraph.text if run.note] == [1, 2, 1]
    assert [note.number for note in notes.items] == [1, 2]
    assert len(notes.items[0].blocks) == 2
    assert isinstance(boxes, b.Bullets) and boxes.done == (True, False, None, None)
    assert [b.plain(item[0].text) for item in boxes.items if isinstance(item[0], b.Paragraph)] == [
        "Tor eins melden", "Tor zwei melden", "link ohne Kästchen", "[y] auch keines"
    ]  # fmt: skip
    assert isinstance(image, b.Image)
    assert (image.words, image.caption) == ("Das Lager", "Das Lager in Lübeck")


def test_a_picture_that_cannot_be_had_is_its_words() -> None:
    assert said("![Das Lager](https://x.example/a.png)") == (b.Paragraph(b.text("Das Lager")),)


def test_footnotes_that_refer_to_each_other_end() -> None:
    blocks = said("x[^1]\n\n[^1]: a [^2] [^1]\n\n[^2]: b [^1]\n")
    assert isinstance(blocks[-1], b.Notes)
    (note,) = blocks[-1].items
    assert isinstance(note.blocks[0], b.Paragraph)
    assert b.plain(note.blocks[0].text) == "a [^2] [^1]"


def test_the_history_keeps_footnotes_apart() -> None:
    assert unwrapped("Ein Satz[^1]\nendet.\n[^1]: Erste\nZeile\n[^2]: Zweite") == (
        "Ein Satz[^1] endet.\n[^1]: Erste Zeile\n[^2]: Zweite"
    )


# --- outputs ---------------------------------------------------------------------------------


def document(body: str) -> dict[str, bytes]:
    chapter = b.Chapter("Text", "", said(body))
    made = b.Document(
        "text", "Text\nNordwind", "", "de", (chapter,), (), "Text", "Fuß", "Ruhrblick", date(2026, 11, 23), gallery.LABELS,
    )  # fmt: skip
    return parts(render_document(made, load_theme()))


def test_word_has_real_footnotes() -> None:
    found = document(BODY)
    body, notes = found["word/document.xml"].decode(), found["word/footnotes.xml"].decode()
    assert re.findall(r'<w:footnoteReference w:id="(\d+)"/>', body) == ["1", "2"]
    assert body.count("NOTEREF _RefNote1 ") == 1
    assert 'w:name="_RefNote1"' in body
    assert re.findall(r'<w:footnote (?:w:type="(\w+)" )?w:id="(-?\d+)"', notes) == [
        ("separator", "-1"), ("continuationSeparator", "0"), ("", "1"), ("", "2")
    ]  # fmt: skip
    assert "Zweiter Absatz." in notes and "15. Oktober" in notes.replace("\u00a0", " ")
    assert b'<w:footnotePr><w:footnote w:id="-1"/>' in found["word/settings.xml"]
    assert b"/footnotes" in found["word/_rels/document.xml.rels"]
    assert "word/footnotes.xml" not in document("Nichts.")


def test_links_in_footnotes_are_the_footnotes_own() -> None:
    found = document(
        "Text[^1] und [hier](https://a.example/).\n\n[^1]: Siehe [dort](https://b.example/).\n"
    )
    of_notes = found["word/_rels/footnotes.xml.rels"].decode()
    assert "https://b.example/" in of_notes and "https://a.example/" not in of_notes
    assert b"https://b.example/" not in found["word/_rels/document.xml.rels"]


def test_word_holds_a_picture_once_with_its_words() -> None:
    found = document(f"{BODY}\n\n![Noch einmal](lager.png)\n")
    media = [name for name in found if name.startswith("word/media/")]
    assert len(media) == 2  # the logo, and the picture
    body = found["word/document.xml"].decode()
    assert body.count("<pic:pic>") == 2
    assert 'descr="Das Lager"' in body and 'descr="Noch einmal"' in body
    assert "Das Lager in Lübeck" in body
    assert all(SECRET not in raw and b"lager.png" not in raw for raw in found.values())


def test_word_has_boxes_that_can_be_ticked() -> None:
    body = document(BODY)["word/document.xml"].decode()
    assert re.findall(r'<w14:checked w14:val="(\d)"/>', body) == ["1", "0"]
    assert re.findall(r'<w:sdt>.*?<w:alias w:val="([^"]+)"/>.*?<w:t>(.)</w:t>', body) == [
        ("erledigt", "☑"), ("noch offen", "☐")
    ]  # fmt: skip


def test_the_portal_leads_to_footnotes_and_back() -> None:
    writer = Writer(gallery.LABELS)
    page = writer.all([*said(BODY), *said(BODY)])  # two texts on one page
    ids, links = re.findall(r' id="([^"]+)"', page), re.findall(r'href="#(f[^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert set(links) <= set(ids)
    assert sum(link.startswith("fn-") for link in links) == 6
    assert sum(link.startswith("fr-") for link in links) == 6
    assert 'role="img" aria-label="erledigt"' in page and 'aria-label="noch offen"' in page
    (name,) = writer.files
    assert name.startswith(f"{PICTURES}/") and "lager" not in name.split("/")[-1]
    assert f'<img src="{name}" alt="Das Lager" width="40" height="30"' in page
    assert "<figcaption>Das Lager in Lübeck</figcaption>" in page


def test_prose_without_any_of_it_is_checked_without_the_parser() -> None:
    assert check_prose(PurePosixPath("a.md"), "Ein Text ohne alles.", 1) == []


def test_a_picture_is_no_larger_than_its_page() -> None:
    wide = replace(gallery.picture("png", 4000, 200), caption="")
    chapter = b.Chapter("Text", "", (wide, gallery.picture("jpeg", 100, 5000)))
    made = b.Document("text", "Text\nNordwind", "", "de", (chapter,), (), "Text", "Fuß", "Ruhrblick", date(2026, 11, 23), gallery.LABELS)  # fmt: skip
    body = parts(render_document(made, load_theme()))["word/document.xml"].decode()
    sizes = [(int(x) / 360000, int(y) / 360000) for x, y in re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"/>', body)]  # fmt: skip
    pictures = sizes[-2:]
    assert all(x <= 14 and y <= 13.01 for x, y in pictures)
    assert abs(pictures[0][0] / pictures[0][1] - 20) < 0.1
