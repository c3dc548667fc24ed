"""The bank of questions: open ones, in both languages, whose gaps are filled or said."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from click.testing import CliRunner

from conftest import ROOT, Write
from planwerk.bank import LANGUAGES, PURPOSES, SLOT, questions
from planwerk.cli import cli
from planwerk.compose.sections import interview
from planwerk.compose.view import view_of
from planwerk.problems import Refusal
from planwerk.read import read
from planwerk.words import load_words

QUESTIONS = tuple(questions().values())
YES_NO = {
    "de": re.compile(
        r"(Ist|Sind|War|Waren|Haben|Hat|Gibt|Können|Kann|Wollen|Will|Werden|Wird|Würden|Möchten"
        r"|Müssen|Muss|Sollen|Soll|Dürfen|Darf|Kennen|Wissen|Sehen|Finden|Glauben|Denken|Nutzen"
        r"|Planen|Brauchen|Stimmt|Steht|Geht|Läuft)\b"
    ),
    "en": re.compile(
        r"(Is|Are|Was|Were|Do|Does|Did|Have|Has|Can|Could|Will|Would|Should|Shall|May|Must)\b"
    ),
}
OPEN = {
    "de": r"(Wo|Woran|Womit|Was|Wie|Wer|Warum|Welche[rs]?|(An|Auf) welche[nrms]?|Mit wem|Beschreiben Sie|Erzählen Sie|Schildern Sie)\b",
    "en": r"(Where|What|How|Who|Whom|Why|Which|Describe|Tell me)\b",
}


def test_ids_are_unique_worded_and_short() -> None:
    assert len(QUESTIONS) >= 45
    text = (ROOT / "generator/planwerk/bank/questions.yml").read_text("utf-8")
    assert len(re.findall(r"^- id:", text, re.M)) == len(QUESTIONS)
    for question in QUESTIONS:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", question.id)
        assert len(question.id) <= 32


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_can_be_answered_by_yes_or_no(language: str) -> None:
    for question in QUESTIONS:
        text = question.text[language]
        assert not YES_NO[language].match(text), text
        assert re.match(OPEN[language], text), text
        for sentence in re.split(r"(?<=[.?!]) ", text):
            assert not YES_NO[language].match(sentence), text


def test_every_purpose_has_five_and_a_name() -> None:
    counted = Counter(question.purpose for question in QUESTIONS)
    assert set(counted) == set(PURPOSES)
    for purpose, count in counted.items():
        assert count >= 5, purpose
        for language in LANGUAGES:
            assert load_words(language)(f"purpose.{purpose}")


def test_every_gap_has_a_label_and_both_languages_have_the_same_gaps() -> None:
    seen = set()
    for question in QUESTIONS:
        gaps = [set(SLOT.findall(question.text[language])) for language in LANGUAGES]
        assert gaps[0] == gaps[1], question.id
        seen |= gaps[0]
        assert "{" not in SLOT.sub("", question.text["de"] + question.text["en"])
    for language in LANGUAGES:
        assert set(load_words(language).group("slot")) == seen


INTERVIEW = """\
---
questions:
  - id: success-of-area
    slots:
      area: Kundenservice
    owner: brandt
    due: 2026-12-10
  - id: standing-in-industry
    owner: brandt
    due: 2026-12-10
  - id: if-nothing-changes
    owner: brandt
    due: 2026-12-10
  - id: house
    slots:
      area: Einkauf
    owner: brandt
    due: 2026-12-10
  - id: own
    text: Was ist mit {company} und {unseen}?
    owner: brandt
    due: 2026-12-10
---
"""
HOUSE = """\
---
questions:
  - id: house
    text:
      de: Was beschäftigt {area}?
      en: What concerns {area}?
---
"""


def test_gaps_are_filled_by_the_interview_the_account_or_a_word_in_brackets(
    workspace: Write,
) -> None:
    root = workspace({"nordwind/interview.md": INTERVIEW, "questions.md": HOUSE})
    portfolio = read(root).portfolio
    assert portfolio is not None
    table = interview.questions(view_of(portfolio, portfolio.accounts[0]))
    assert table is not None
    shown = [str(row.cells[0].text) for row in table.rows]
    for expected, found in zip(
        (
            "dass der Bereich Kundenservice ein gutes Jahr hatte?",
            "Wo steht Nordwind AG heute",
            "bei [Thema] in einem Jahr",
            "Was beschäftigt Einkauf?",
            "Was ist mit Nordwind AG und [unseen]?",
        ),
        shown,
        strict=True,
    ):
        assert expected in found
    english = view_of(portfolio, portfolio.accounts[0], "en")
    assert "about [topic] has changed" in str(interview.questions(english))


@pytest.mark.parametrize(("language", "words"), [("de", "Wo steht {company}"), ("en", "Where does {company}")])  # fmt: skip
def test_the_bank_is_listed_by_purpose(language: str, words: str) -> None:
    run = CliRunner()
    shown = run.invoke(cli, ["--lang", language, "questions"]).output
    assert words in shown
    assert all(question.id in shown for question in QUESTIONS)
    one = run.invoke(cli, ["--lang", language, "questions", "--purpose", "people"]).output
    assert "whom-else-to-meet" in one
    assert words not in one
    refused = run.invoke(cli, ["questions", "--purpose", "nonsense"]).exception
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.problems[0].facts["found"]) == (2, "nonsense")
