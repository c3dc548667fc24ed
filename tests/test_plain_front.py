"""The short way through front matter reads what libyaml reads, or leaves it to libyaml."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from textwrap import dedent

import pytest
import yaml

import planwerk
from planwerk.text import full_front, plain_front
from planwerk.text.places import marks_of
from planwerk.text.plain_front import read_plain
from planwerk.text.source import Source, decode, split
from planwerk.words import LANGUAGES, Sections

PACKAGE = Path(planwerk.__file__).parent
CASES = 6_000
NASTY = (
    "- ", "-", ":", ": ", "#", "# x\n", " # x", "  # x\n", "c#", "'x'", "\"x\"", "\"\"", "a-b: ", "|", "  ", " ", "\n", "---", "...", "key:", "a: b", "'", '"', "&a ", "*a",
    "!x ", "%", "{", "[", "]", ",", "?", "? ", "~", "null", "0o7", "- - ", "- a: b", "|-", "|+", "|2",
    ">", "k" * 1100 + ": v", "v" * 1100, "ä", "\u00a0", "\u3000", "💶", "_", "9", "-1", "- -1", "=", "<<: x", "@", "`",
)  # fmt: skip


def fronts(examples: Path) -> Iterator[str]:
    for path in sorted((examples / "plans").rglob("*")):
        if path.suffix == ".md":
            words = decode(PurePosixPath("x.md"), path.read_bytes())
            assert isinstance(words, str)
            source = split(PurePosixPath("x.md"), words)
            assert isinstance(source, Source)
            yield source.front
        elif path.suffix == ".yml":
            yield path.read_text("utf-8")


def by_libyaml(front: str) -> object:
    """What libyaml reads, or "refused" where anything is wrong."""
    reader = full_front._Reader(front, 1)
    try:
        values = reader.read()
    except (full_front._Refused, yaml.YAMLError):
        return "refused"
    return "refused" if reader.found else values


def marks_agree(front: str) -> bool:
    """Whether the places told from the lines are those of libyaml."""
    told, known = marks_of(front, 2), full_front.marks_by_libyaml(front, 2)
    return (told.values, told.keys) == (known.values, known.keys)


def broken(front: str, chance: random.Random) -> str:
    """The text with one to three things changed."""
    lines = front.split("\n")
    start = chance.randrange(len(lines))
    lines = lines[start : start + chance.randrange(1, 30)] if chance.random() < 0.5 else lines
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(lines))
        line = lines[at]
        match chance.randrange(7):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[chance.randrange(len(lines))])
            case 2:
                lines[at] = " " * chance.randrange(1, 4) + line
            case 3:
                lines[at] = line[chance.randrange(1, 4) :]
            case _:
                spot = chance.randrange(len(line) + 1)
                cut = chance.randrange(3)
                lines[at] = line[:spot] + chance.choice(NASTY) + line[spot + cut :]
        if not lines:
            return ""
    return "\n".join(lines) + "\n"


def test_the_plans_are_read_alike_and_mostly_the_short_way(examples: Path) -> None:
    read = [(read_plain(front), by_libyaml(front)) for front in fronts(examples)]
    assert all(plain is None or plain == whole for plain, whole in read)
    assert all(marks_agree(f) for f in fronts(examples) if read_plain(f) is not None)
    assert sum(plain is not None for plain, _ in read) > len(read) / 2


def test_broken_texts_are_read_alike_or_left_to_libyaml(examples: Path) -> None:
    chance = random.Random(11)
    known = list(fronts(examples))
    short = 0
    for _ in range(CASES):
        front = broken(chance.choice(known), chance)
        plain = read_plain(front)
        if plain is not None:
            short += 1
            assert plain == by_libyaml(front), front
            assert marks_agree(front), front
    assert short > CASES / 20


def test_a_reader_that_differs_is_noticed(examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_front, "_begins_text", lambda words: words[0] != "|")
    with pytest.raises(AssertionError):
        test_broken_texts_are_read_alike_or_left_to_libyaml(examples)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_check_are_read_the_short_way(language: str) -> None:
    own, further = ((PACKAGE / f).read_text("utf-8") for f in (f"words/{language}.yml", "importing/words.yml"))  # fmt: skip
    for texts in (own, further):
        assert dict(Sections(texts)) == yaml.load(texts, Loader=yaml.CBaseLoader)
    for texts, needed in ((own, "ui"), (own, "problem"), (further, language)):
        assert read_plain(dedent(Sections(texts)._unread[needed])) is not None, needed
