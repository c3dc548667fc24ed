"""Quotation marks by language, and what is left as it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ACCOUNT, Write
from planwerk import blocks as b
from planwerk.compose.prose import parse_prose
from planwerk.compose.view import view_of
from planwerk.read import read
from planwerk.text.quotes import quoted


@pytest.mark.parametrize(
    ("typed", "german", "english"),
    [
        ('"Ja"', "„Ja“", "“Ja”"),
        ('Er sagt: "Wir warten."', "Er sagt: „Wir warten.“", "Er sagt: “Wir warten.”"),
        ('("Ja"), "Nein"; "Doch"!', "(„Ja“), „Nein“; „Doch“!", "(“Ja”), “Nein”; “Doch”!"),
        ("\"Er rief 'Halt' und ging.\"", "„Er rief ‚Halt‘ und ging.“", "“Er rief ‘Halt’ und ging.”"),
        ("\"'Halt'\"", "„‚Halt‘“", "“‘Halt’”"),
        ("it's, don't, geht's", "it’s, don’t, geht’s", "it’s, don’t, geht’s"),
        ("Hans' Auto", "Hans’ Auto", "Hans’ Auto"),
        ("die '90er", "die ’90er", "die ’90er"),
        ('"Vor" – "nach"', "„Vor“ – „nach“", "“Vor” – “nach”"),
        ('der "Kunden"-Tag', "der „Kunden“-Tag", "der “Kunden”-Tag"),
        ("ohne alles", "ohne alles", "ohne alles"),
        ('ein 19"-Gestell', 'ein 19"-Gestell', 'ein 19"-Gestell'),
        ('6\' 2" groß', '6\' 2" groß', '6\' 2" groß'),
        ('"nie geschlossen', '"nie geschlossen', '"nie geschlossen'),
        ('"a "b" c" und "d', '"a "b" c" und "d', '"a "b" c" und "d'),
        ('mitten"drin', 'mitten"drin', 'mitten"drin'),
        ("„schon da“ und “this”", "„schon da“ und “this”", "„schon da“ und “this”"),
        ('"', '"', '"'), ("'", "'", "'"), ("", "", ""),
    ],
)  # fmt: skip
def test_marks_are_those_of_the_language(typed: str, german: str, english: str) -> None:
    assert (quoted(typed, "de"), quoted(typed, "en")) == (german, english)
    assert quoted(typed, "nl") == typed
    assert quoted(german, "de") == german and quoted(english, "en") == english


def said(body: str, language: str = "de") -> str:
    (paragraph,) = parse_prose(body, lambda name: None, language=language)
    assert isinstance(paragraph, b.Paragraph)
    return b.plain(paragraph.text)


def test_marks_pair_over_what_is_strong_and_never_in_code() -> None:
    assert said('Ein "*wichtiges* Wort" und `"Code"`.') == 'Ein „wichtiges Wort“ und "Code".'
    assert said('**"Fett"** und "`x`"') == "„Fett“ und „x“".replace("x", "x")
    assert said('"über zwei\nZeilen"') == "„über zwei Zeilen“"
    assert said('["Bericht"](https://x.example/)') == "„Bericht“"
    assert said('"Ja"', "") == '"Ja"'


def test_code_blocks_stay() -> None:
    (code,) = parse_prose('```\n"x"\n```', lambda name: None, language="de")
    assert code == b.Code('"x"')


@pytest.mark.parametrize(("language", "title"), [("de", "Kunde „wählt“ so’n Ziel"), ("en", "Kunde “wählt” so’n Ziel")])  # fmt: skip
def test_texts_of_records_have_the_marks_of_their_account(workspace: Write, language: str, title: str) -> None:  # fmt: skip
    task = '---\ntasks:\n  - id: a\n    title: "Kunde \\"wählt\\" so\'n Ziel"\n    accountable: brandt\n    start: 2026-07-01\n    due: 2026-12-01\n---\n'
    account = ACCOUNT.replace("owner:", f"language: {language}\nowner:", 1)
    root: Path = workspace({"nordwind/account.md": account, "nordwind/2026-h2/tasks.md": task})
    portfolio = read(root).portfolio
    assert portfolio is not None
    for reader in ("de", "en"):  # whoever reads it
        view = view_of(portfolio, portfolio.accounts[0], reader)
        assert view.period is not None
        assert view.period.tasks.tasks[0].title == title
