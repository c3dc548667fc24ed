"""CommonMark as prose: every example of its specification gives a sound document that loses no word.

The examples are the specification's own, which the npm package `commonmark-spec` ships. They are
under another licence (CC-BY-SA) and stay there: nothing of them lies in this repository.
"""

from __future__ import annotations

import html
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree
from markdown_it import MarkdownIt

import gallery
import office_support
from planwerk import blocks as b
from planwerk.compose.prose import parse_prose
from planwerk.render.html import Writer
from planwerk.render.package import resolve
from planwerk.render.word import render_document
from planwerk.text.prose import MAX_NESTING, check_prose, parse, shown
from planwerk.theme import load_theme
from test_office import parts

SPEC = Path(__file__).parent / "node/node_modules/commonmark-spec/spec.txt"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^`{32}$", re.M | re.S)
HEADING = re.compile(r"^#{1,6} +(.*)$", re.M)
SECTIONS = 26
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REFERENCE = MarkdownIt("commonmark", {"html": False}).enable("table")
"""What readers would see on a git host: markdown-it's own page, HTML as text like ours."""


def examples() -> list[tuple[str, str]]:
    """The sections and sources of all examples; skips where the specification is not installed."""
    if not SPEC.exists():
        pytest.skip("the CommonMark specification is missing: run `npm install --no-save` in tests/node")  # fmt: skip
    text = SPEC.read_text("utf-8")
    found, section, at = [], "", 0
    for one in EXAMPLE.finditer(text):
        for heading in HEADING.finditer(text, at, one.start()):
            section = heading[1]
        at = one.end()
        found.append((section, one[1].partition("\n.\n")[0].replace("→", "\t")))
    return found


# --- an own generator: what no list of examples holds, nested in each other --------------------

WORDS = ("Lager", "Tor", "*Ruhe*", "**laut**", "`a  b`", "[Bericht](https://x.example/b)", "<https://x.example/>", "5 &lt; 6 &amp; 7", "\\*kein\\*", "a\\\nb", "***beides***", "![Bild](x.png)", "<b>x</b>", "*a **b** c*", "`` ` ``", "[ref]", "ü–„x“", "_a_b_c_")  # fmt: skip


def composed(seed: int) -> str:
    """A text of blocks in blocks, the same for the same seed."""
    dice = random.Random(seed)

    def line() -> str:
        return " ".join(dice.choice(WORDS) for _ in range(dice.randint(1, 5)))

    def block(depth: int) -> str:
        kind = dice.choice(("p", "p", "h", "s", "f", "c", "r", "ul", "ol", "q", "t", "d") if depth < 4 else ("p", "f"))  # fmt: skip
        match kind:
            case "h":
                return f"{'#' * dice.randint(1, 6)} {line()}".replace("\n", " ")
            case "s":
                return f"{line()}\n{dice.choice('=-') * 5}"
            case "f":
                return f"```text\n{line()}\n\n  eingerückt\n```"
            case "c":
                return f"    {line()}".replace("\n", "\n    ")
            case "r":
                return dice.choice(("***", "---", "_ _ _"))
            case "ul" | "ol":
                sign = dice.choice("-*+") if kind == "ul" else f"{dice.randint(0, 99)}{dice.choice('.)')}"  # fmt: skip
                space = dice.choice(("\n", "\n\n"))
                return space.join(inner(sign + " ", blocks(depth + 1)) for _ in range(dice.randint(1, 3)))  # fmt: skip
            case "q":
                return "\n".join(f"> {part}".rstrip() for part in blocks(depth + 1).split("\n"))
            case "t":
                return "| Kopf | rechts |\n|---|--:|\n| a *b* | 1 |\n| `c` | 2 |"
            case "d":
                return '[ref]: https://x.example/ "Titel"'
            case _:
                return line()

    def inner(sign: str, text: str) -> str:
        first, *rest = text.split("\n")
        return "\n".join([sign + first, *(" " * len(sign) + part if part else "" for part in rest)])

    def blocks(depth: int) -> str:
        return "\n\n".join(block(depth) for _ in range(dice.randint(1, 3)))

    return blocks(0) + "\n"


# --- what is looked at -----------------------------------------------------------------------


def words(text: str) -> Counter[str]:
    """The words of a text, signs among them, white space apart."""
    return Counter(re.sub(r"[\u00a0\s]+", " ", text).split())


def expected(body: str) -> Counter[str]:
    """The words that markdown-it's page shows: its text, and the words of its pictures."""
    page = REFERENCE.render(body)
    page = re.sub(r'<img [^>]*?alt="([^"]*)"[^>]*>', r"\1", page)
    page = re.sub(r"</(p|li|h\d|td|th|pre|blockquote)>|<(br|hr)[^>]*>", " ", page)
    return words(html.unescape(re.sub(r"<[^>]+>", "", page)))


def document(*bodies: str) -> dict[str, bytes]:
    """The bodies as chapters of a document, its parts by name."""
    chapters = tuple(b.Chapter(f"K{i}", "", parse_prose(body, lambda name: None)) for i, body in enumerate(bodies))  # fmt: skip
    made = b.Document(
        "text", "Text\nNordwind", "", "de", chapters, (), "Text", "Fuß", "Ruhrblick", date(2026, 11, 23),
        gallery.LABELS, form="sheet",
    )  # fmt: skip
    return parts(render_document(made, load_theme()))


def chapters(found: dict[str, bytes]) -> list[str]:
    """The words of each chapter of a document."""
    root = etree.fromstring(found["word/document.xml"])
    out: list[str] = []
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val")
        said = "".join("\n" if e.tag == f"{W}br" else e.text or "" for e in paragraph.iter(f"{W}t", f"{W}br"))  # fmt: skip
        if name == "HeadChapter":
            out.append("")
        elif out:
            out[-1] += f"\n{said}"
    return out


def faults(found: dict[str, bytes]) -> Iterator[str]:
    """What would make Word repair a document: relations that lead nowhere, ids twice, lists unknown."""
    body = found["word/document.xml"].decode()
    links = set(re.findall(r' r:(?:id|embed)="([^"]+)"', body))
    relations = dict(re.findall(r'Id="([^"]+)"[^>]* Target="([^"]+)"', found["word/_rels/document.xml.rels"].decode()))  # fmt: skip
    yield from (f"relation {link}" for link in links - set(relations))
    for target in relations.values():
        if ":" not in target and resolve("word", target) not in found:
            yield f"no part {target}"
    for kind in (r'<w:bookmarkStart w:id="(\d+)"', r'<wp:docPr id="(\d+)"', r' w:name="([^"]+)"'):
        yield from (f"twice {one}" for one, n in Counter(re.findall(kind, body)).items() if n > 1)
    numbers = set(re.findall(r'<w:num w:numId="(\d+)"', found["word/numbering.xml"].decode()))
    yield from (f"list {n}" for n in set(re.findall(r'<w:numId w:val="(\d+)"', body)) - numbers)
    styles = set(re.findall(r'w:styleId="([^"]+)"', found["word/styles.xml"].decode()))
    yield from (f"style {s}" for s in set(re.findall(r'<w:[pr]Style w:val="([^"]+)"', body)) - styles)  # fmt: skip
    yield from re.findall(r"</w:tbl></w:tc>", body)


def lost(bodies: list[str]) -> list[tuple[str, Counter[str]]]:
    """The bodies of which a document misses words, with those words."""
    found = document(*bodies)
    assert list(faults(found)) == []
    said = chapters(found)
    assert len(said) == len(bodies)
    pairs = zip(bodies, said, strict=True)
    return [(body, gone) for body, told in pairs if (gone := expected(body) - words(told))]


def test_the_specification_is_read_whole() -> None:
    found = examples()
    assert len(found) > 600
    assert len({section for section, _ in found}) >= SECTIONS


def test_every_example_of_the_specification_is_a_sound_document_that_loses_no_word() -> None:
    assert lost([body for _, body in examples()]) == []


def test_every_example_alone_is_a_sound_document() -> None:
    for _, body in examples():
        assert list(faults(document(body))) == [], body


def test_what_a_document_cannot_say_is_told_with_its_line() -> None:
    for _, body in examples():
        found = check_prose(PurePosixPath("a.md"), body, 1)
        last = body.count("\n") + 1
        assert all(1 <= problem.place.line <= last for problem in found), body
        kinds = [child.type for token in parse(body) for child in token.children or ()]
        rules = {problem.rule for problem in found}
        text = " ".join(
            c.content for t in parse(body) for c in t.children or () if c.type == "text"
        )
        # of pictures that stand alone it is asked when plans are read whether their files are there
        assert kinds.count("image") == len(shown(body))
        if any("image" in (inside := [c.type for c in t.children or ()]) and "text" in inside for t in parse(body)):  # fmt: skip
            assert "picture-in-line" in rules, body
        if re.search(r"<[/!?a-zA-Z]", text):
            assert "html-in-prose" in rules, body
        links = [str(c.attrs["href"]) for t in parse(body) for c in t.children or () if c.type == "link_open"]  # fmt: skip
        if any(not re.fullmatch(r"(https://|mailto:|#)\S*", link, re.I) for link in links):
            assert "unsafe-link" in rules, body


def test_texts_composed_at_random_lose_no_word() -> None:
    bodies = [composed(seed) for seed in range(400)]
    assert len({token.type for body in bodies for token in parse(body)}) > 25
    assert max(token.level for body in bodies for token in parse(body)) > 6
    assert (
        lost(
            [
                body
                for body in bodies
                if max((t.level for t in parse(body)), default=0) <= MAX_NESTING
            ]
        )
        == []
    )


def test_a_lost_word_would_be_found() -> None:
    (told,) = chapters(document("Ein *leises* Wort"))
    assert expected("Ein *leises* Wort, und noch eins") - words(told)
    assert list(faults({**document("x"), "word/styles.xml": b""})) != []


def test_the_portal_loses_no_word_either() -> None:
    for _, body in [*examples(), *(("", composed(seed)) for seed in range(60))]:
        page = Writer(gallery.LABELS).all(parse_prose(body, lambda name: None))
        page = re.sub(r"</(p|li|h\d|td|th|blockquote|div)>|<(br|hr)[^>]*>", " ", page)
        told = words(html.unescape(re.sub(r"<[^>]+>", "", page)))
        assert expected(body) - told == Counter(), body


def test_microsofts_validator_finds_nothing(tmp_path: Path) -> None:
    bodies = [body for _, body in examples()]
    composed_ = [composed(seed) for seed in range(100)]
    made = []
    for number, some in enumerate((bodies[:330], bodies[330:], composed_)):
        path = tmp_path / f"{number}.docx"
        chapters = tuple(b.Chapter(f"K{i}", "", parse_prose(body, lambda name: None)) for i, body in enumerate(some))  # fmt: skip
        path.write_bytes(render_document(b.Document("text", "Text\nNordwind", "", "de", chapters, (), "Text", "Fuß", "Ruhrblick", date(2026, 11, 23), gallery.LABELS), load_theme()))  # fmt: skip
        made.append(path)
    assert {p: e for p, e in office_support.sdk_errors(made).items() if e} == {}
