"""The scanner: words are found in every way in which they can lie in an output."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

import channels
import leaks
from planwerk.result.found import Pieces, Quotes, Search
from planwerk.result.opened import Leaf, everything
from planwerk.text.names import Names
from planwerk.text.plain import plain_text


def hits(folder: Path, *names: str) -> list[str]:
    """What is found of these names, also as they are written without umlauts."""
    known = Names((name, plain_text(name)) for name in names)
    search = Search(Pieces(known), lambda name, whose: False)
    search.look(everything(folder))
    return [hit.said for hit in search.hits()]


@pytest.mark.parametrize("channel", channels.CHANNELS)
def test_a_name_is_found_wherever_it_hides(tmp_path: Path, channel: str) -> None:
    channels.CHANNELS[channel](tmp_path)
    assert hits(tmp_path, channels.NAME, channels.SLUG), channel


@pytest.mark.parametrize("channel", channels.CHANNELS)
def test_no_other_name_is_found_there(tmp_path: Path, channel: str) -> None:
    channels.CHANNELS[channel](tmp_path)
    assert hits(tmp_path, "Märkische Kühltürme", "Kühlung", "Märkisch") == []


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("broken.zip", b"PK\3\4 and no more"),
        ("cut.gz", gzip.compress(b"words " * 50, mtime=0)[:-12]),
        ("other.7z", b"7z\xbc\xaf\x27\x1c"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1"),
    ],
)
def test_what_cannot_be_opened_is_told(tmp_path: Path, name: str, raw: bytes) -> None:
    (tmp_path / name).write_bytes(raw)
    assert any(leaf.fault for leaf in everything(tmp_path))


def test_what_is_packed_very_deep_is_told(tmp_path: Path) -> None:
    raw = b"words"
    for _ in range(20):
        raw = gzip.compress(raw)
    (tmp_path / "a.gz").write_bytes(raw)
    assert any(leaf.fault for leaf in everything(tmp_path))


def test_an_encrypted_entry_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("a.txt", "words")
    raw = bytearray((tmp_path / "a.zip").read_bytes())
    raw[raw.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(raw)
    assert any(leaf.fault == "encrypted" for leaf in everything(tmp_path))


def test_a_name_within_a_name_that_may_be_read_is_none() -> None:
    names = Names([("they", ["bright", "water"]), ("we", ["bright", "water", "stores"])])
    search = Search(Pieces(names), lambda name, whose: "we" in whose)
    search.look(
        [Leaf("a", b"At Bright Water Stores we do. "), Leaf("b", b"At Bright Water they do.")]
    )
    assert [(hit.place, hit.said) for hit in search.hits()] == [("b", "Bright Water")]


NOTE = "Sie haben keinen Plan wie sie ohne uns bis zum Jahresende auskommen"


@pytest.mark.parametrize(
    "words",
    [
        "<p>Wir sagen: keinen Plan, wie sie ohne uns morgen</p>",
        "<p>keinen <b>Plan</b>, wie <i>sie</i> ohne uns</p>",
        '{"text": "… keinen Plan \\u2013 wie sie ohne uns"}',
        "<w:p><w:r><w:t>keinen Plan wie </w:t></w:r><w:r><w:t>sie ohne uns</w:t></w:r></w:p>",
        "<svg><text>uns bis zum</text><text y='2'>Jahresende auskommen</text></svg> ohne <text>ohne uns bis</text><text>zum Jahresende auskommen</text>",
    ],
)
def test_six_words_of_a_note_are_found(words: str) -> None:
    quotes = Quotes([plain_text(NOTE)], [])
    search: Search[str] = Search(Pieces(Names(())), lambda name, whose: False, quotes)
    search.look([Leaf("a", words.encode())])
    assert search.hits()


def test_five_words_and_shared_words_are_no_quotation() -> None:
    shared = plain_text("Auch dies: wie sie ohne uns bis zum Jahresende")
    search: Search[str] = Search(Pieces(Names(())), lambda name, whose: False, Quotes([plain_text(NOTE)], [shared]))  # fmt: skip
    search.look([Leaf("a", b"<p>keinen Plan wie sie ohne</p><p>wie sie ohne uns bis zum Jahresende</p>")])  # fmt: skip
    assert search.hits() == []


def test_every_run_of_a_note_has_an_anchor() -> None:
    words = [f"w{number}" for number in range(40)]
    quotes = Quotes([words], [])
    for at in range(35):
        assert list(quotes.places(["x", *words[at : at + 6], "y"])) == [1]
        assert list(quotes.places(["x", *words[at : at + 5], "y"])) == []


def test_planted_words_are_said_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>KAMX00000001feedface</p>", "utf-8")
    assert leaks.found(tmp_path, ["KAMX00000001feedface", "KAMX00000002feedface"]) == {
        ("a.html", "KAMX00000001feedface")
    }
