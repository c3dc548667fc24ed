"""Puts the decks of an example account on PowerPoint templates not made here, and looks at them.

    python -m tests.templates [FILE …] [--account NAME] [--render N] [--every] [--out FOLDER]

Without files: python-pptx's own template (4:3), and presentation templates of LibreOffice, which it
converts (`--every`: all that are installed). Of each it prints what `planwerk brand check` says. Each
deck is made in both editions: sound, valid by the Open XML SDK, no word lost that it has on our own
master, the mark in our decks alone. Of N decks a template LibreOffice makes pages: no word outside its
page or on another, and none of a text box outside of it. 0: nothing is wrong.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pptx

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import office_structure
import office_support
import test_slides
from generated.office import views
from planwerk import blocks as b
from planwerk.brand import look_at_templates
from planwerk.compose import decks
from planwerk.model.portfolio import Portfolio
from planwerk.read import read
from planwerk.render.package import pack
from planwerk.render.slides import render_deck
from planwerk.report.branded import told
from planwerk.theme import Theme, load_theme
from planwerk.words import load_words

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = (Path("/usr/lib/libreoffice/share/template"), Path("/opt/libreoffice/share/template"))
SOME = ("Beehive", "Midnightblue", "Vintage", "Progress", "Focus")
"""Light and dark grounds, pictures, 16:9 and 4:3, masters for covers."""

NUMBER = re.compile(r"page (\d+): '\1'$")
"""The slide's own number, which a text box may say, too."""


def converted(into: Path, every: bool) -> Iterator[Path]:
    """LibreOffice's templates as PowerPoint files; none where it is not installed."""
    found = [path for folder in INSTALLED for path in sorted(folder.rglob("*.otp"))]
    for path in found if shutil.which("soffice") else ():
        if every or path.stem in SOME:
            profile = f"-env:UserInstallation=file://{into}/profile"
            command = ["soffice", profile, "--headless", "--convert-to", "pptx", "--outdir", str(into), str(path)]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True, timeout=300)
            yield into / f"{path.stem}.pptx"


def said(blob: bytes) -> set[str]:
    """The words of a deck's slides."""
    pages = pptx.Presentation(io.BytesIO(blob)).slides
    lines = [line for page in pages for shape in test_slides.leaves(page.shapes) for line in test_slides.lines_of(shape)]  # fmt: skip
    return set(re.findall(r"[^\W\d_]{3,}", " ".join(lines)))


def lost(ours: bytes, theirs: bytes) -> list[str]:
    """What the deck says on our own master, and not on the template."""
    whole = test_slides.said(theirs)
    return sorted(word for word in said(ours) if word not in whole)


def of_account(portfolio: Portfolio, name: str) -> list[b.Deck]:
    """All decks of an account, ours and the client's."""
    alone = portfolio.model_copy(update={"accounts": tuple(a for a in portfolio.accounts if a.id == name)})  # fmt: skip
    return [deck for view in views(alone) for deck in decks.made(view)]


def faults(deck: b.Deck, theme: Theme) -> tuple[bytes, list[str]]:
    """The deck on the template, and what is wrong with it by our own measure."""
    blob, overflows = render_deck(deck, theme)
    ours, _ = render_deck(deck, load_theme())
    found = [*office_structure.faults(blob)]
    found += [f"{one.words[:60]!r} does not fit {one.limit}" for one in overflows]
    found += [f"lost: {word}" for word in lost(ours, blob)]
    if blob != render_deck(deck, theme)[0]:
        found.append("not the same twice")
    say = load_words(deck.language)
    banners = [say(f"mark.{one}.banner") for one in ("internal", "draft")]
    layouts = b"".join(c for n, c in office_structure.parts(blob).items() if "slideLayout" in n)
    marked = [word for word in banners if word.encode() in layouts]
    if bool(marked) is not bool(deck.mark):
        found.append("the mark stands in the wrong decks")
    return blob, [
        f"{deck.name} {'internal' if deck.mark else 'client'}: {fault}" for fault in found
    ]


def tried(path: Path, made: Sequence[b.Deck], render: int, work: Path) -> tuple[list[Path], list[str]]:  # fmt: skip
    """The files of all decks on a template, and what is wrong with them."""
    theme = replace(load_theme(), deck_template=str(path.resolve()))
    errors = [problem.rule for problem in look_at_templates(theme).problems]
    print(f"\n{told(theme, load_words('en'))}  findings: {', '.join(errors) or 'none'}", flush=True)
    files, found = [], []
    for number, deck in enumerate(made):
        blob, wrong = faults(deck, theme)
        files.append(work / f"{path.stem}-{number}-{deck.name}.pptx")
        files[-1].write_bytes(blob)
        found += wrong
    for file, pdf in zip(files[:render], office_support.render_pdf(files[:render], work) if render else (), strict=True):  # fmt: skip
        pages = office_support.page_words(pdf)
        found += office_support.misplaced(pdf)
        layouts = " ".join(s.text_frame.text for lay in pptx.Presentation(str(file)).slide_layouts for s in lay.shapes if s.has_text_frame)  # fmt: skip
        strange = test_slides.outside_their_boxes(file, pages)
        found += [fault for fault in strange if fault.split("'")[1] not in layouts and not NUMBER.search(fault)]  # fmt: skip
    return files, found


def selftest(deck: b.Deck) -> None:
    """A word that is lost, and a part that nothing leads to, must be found."""
    blob, _ = render_deck(deck, load_theme())
    found = office_structure.parts(blob)
    name = "ppt/slides/slide2.xml"
    word = max(re.findall(r"<a:t>(\w{5,})", found[name].decode()), key=len)
    without = {n: c.replace(word.encode(), b"") if n.startswith("ppt/slides/") else c for n, c in found.items()}  # fmt: skip
    assert word in lost(blob, pack(without)), "the lost word was not found"
    assert office_structure.faults(pack({**found, "ppt/slides/strange.bin": b""})), "the strange part was not found"  # fmt: skip
    print(f"self-test: what was planted was found ({word})")


def main(words: Sequence[str] | None = None) -> int:
    """0: nothing is wrong; 1: something is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--account", default="nordwind-logistik")
    parser.add_argument("--render", type=int, default=2, metavar="N", help="pages of N decks a template")  # fmt: skip
    parser.add_argument("--every", action="store_true", help="all templates of LibreOffice")
    parser.add_argument("--out", type=Path, help="where the decks stay")
    asked = parser.parse_args(words)
    portfolio = read(ROOT).portfolio
    assert portfolio is not None
    made = of_account(portfolio, asked.account)
    if not made:
        parser.error(f"there is no account {asked.account}")
    selftest(made[0])
    with tempfile.TemporaryDirectory() as name:
        work = asked.out or Path(name)
        work.mkdir(parents=True, exist_ok=True)
        pptx.Presentation().save(str(work / "python-pptx.pptx"))
        known = asked.files or [work / "python-pptx.pptx", *converted(work, asked.every)]
        files, found = [], []
        for path in known:
            some, wrong = tried(path, made, asked.render, work)
            files += some
            found += wrong
            print(f"  {len(some)} decks, {len(wrong)} wrong", flush=True)
            for fault in wrong[:20]:
                print(f"  WRONG {fault[:300]}", flush=True)
        errors = {p.name: e for p, e in office_support.sdk_errors(files).items() if e}
        for file, some_errors in errors.items():
            print(f"  WRONG {file}: {some_errors[:3]}")
    print(f"\n{len(known)} templates, {len(files)} decks, {len(found) + len(errors)} wrong")
    if len(known) < 4 and not asked.files:
        print("LibreOffice's templates are not installed (Debian: libreoffice-common, libreoffice-impress)")  # fmt: skip
    return 1 if found or errors else 0


if __name__ == "__main__":
    sys.exit(main())
