"""Changes as sentences, in German and English: exact words for edits of the example plans."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from planwerk.audience import project
from planwerk.history.compare import compare
from planwerk.history.context import Context
from planwerk.history.facts import Facts, facts_of, facts_of_file, placed
from planwerk.history.groups import TOLD_BY, tell_all
from planwerk.history.passages import Passage, Run, passages
from planwerk.history.telling import Part, Sentence, tell
from planwerk.history.version import read_version
from planwerk.model.history import Change, Spot
from planwerk.model.kinds import KINDS, all_records, keys
from planwerk.model.measured import Measured
from planwerk.model.portfolio import Portfolio
from planwerk.model.record import Record
from planwerk.model.types import OPEN
from planwerk.read import read
from planwerk.words import load_telling
from test_roundtrip import instances

BOTH = pytest.mark.parametrize("language", ["de", "en"])
NORDWIND = "nordwind-logistik"


class Case(NamedTuple):
    """An edit of a file, and what is told of it. `times`: how often the fact has changed."""

    file: str
    old: str
    new: str
    german: tuple[str, ...]
    english: tuple[str, ...]
    times: int = 1


@cache
def examples() -> Portfolio:
    portfolio = read(ROOT).portfolio
    assert portfolio is not None
    return portfolio


def facts(path: PurePosixPath, words: str) -> Facts:
    version = read_version(path, words.encode())
    assert version is not None
    assert version.facts is not None, version.problems
    assert version.problems == ()
    return version.facts


def edited(file: str, *edits: tuple[str, str]) -> tuple[Facts, Facts]:
    """The facts of a file of the example before and after the edits."""
    path = PurePosixPath(NORDWIND, file)
    before = after = (ROOT / "plans" / path).read_text("utf-8")
    for old, new in edits:
        assert old in after
        after = after.replace(old, new, 1)
    return facts(path, before), facts(path, after)


def context(language: str, *states: Facts, portfolio: Portfolio | None = None) -> Context:
    known = {spot: fact for state in states for spot, fact in state.items()}
    return Context(portfolio or examples(), language, known)


def plain(sentence: Sentence) -> str:
    return sentence.plain.replace("\N{NO-BREAK SPACE}", " ")


def told(language: str, before: Facts, after: Facts, times: int = 1) -> list[str]:
    changes = [replace(change, times=times) for change in compare(before, after)]
    return [plain(s) for s in tell_all(changes, context(language, before, after))]


CASES: tuple[Case, ...] = (
    Case(
        "2026-h2/plan.md",
        "target: 12600",
        "target: 13000",
        ("Zielwert „Newsletter-Anmeldungen“ von 12.600 auf 13.000 angehoben",),
        ("Target of “Newsletter sign-ups” raised from 12,600 to 13,000",),
    ),
    Case(
        "2026-h2/plan.md",
        "target: 12600",
        "target: 12400",
        ("Zielwert „Newsletter-Anmeldungen“ von 12.600 auf 12.400 gesenkt",),
        ("Target of “Newsletter sign-ups” lowered from 12,600 to 12,400",),
    ),
    Case(
        "2026-h2/plan.md",
        "baseline: 28.4\n    target: 32",
        "baseline: 28.4\n    target: 95.8",
        ("Zielwert „Antwortquote der Befragung“ von 32,0 % auf 95,8 % angehoben",),
        ("Target of “Survey response rate” raised from 32.0 % to 95.8 %",),
    ),
    Case(
        "2026-h2/plan.md",
        "target: 30000",
        "target: offen",
        ("Zielwert „Cross-Sell-Umsatz“ wieder offen (bisher 30.000 EUR)",),
        ("Target of “Cross-sell revenue” open again (so far EUR 30,000)",),
    ),
    Case(
        "2026-h2/plan.md",
        "    baseline: 2\n",
        "",
        ("Ausgangswert „Niederlassungen mit Befragung“ gestrichen (bisher 2)",),
        ("Baseline of “Stores with survey live” struck (so far 2)",),
    ),
    Case(
        "2026-h2/plan.md",
        "agreed_on: 2026-07-03\n",
        "agreed_on: 2026-07-03\nclosed_on: 2027-01-14\n",
        ("Plan (2. Halbjahr 2026) abgeschlossen am 14.1.2027",),
        ("Plan (Second half 2026) closed on 14 Jan 2027",),
    ),
    Case(
        "2026-h2/slides.md",
        "    after: risks\n",
        "    after: white_space\n",
        ("Folie „Die Verlängerung entscheidet sich im Einkauf, und dort kennt uns niemand gut“ hinter den Abschnitt „die Potenzialmatrix“ gestellt, bisher „Risiken“",),
        ("Slide “Die Verlängerung entscheidet sich im Einkauf, und dort kennt uns niemand gut” put after the section “the white-space grid”, so far “risks”",),
    ),
    Case(
        "2026-h2/slides.md",
        "    kpis:\n      - branches-live\n",
        "",
        ("Folie „Fünf Niederlassungen befragen ihre Kunden; als letzte folgt Lübeck“ zeigt nicht mehr: Niederlassungen mit Befragung",),
        ("Slide “Fünf Niederlassungen befragen ihre Kunden; als letzte folgt Lübeck” no longer shows: Stores with survey live",),
    ),
    Case(
        "2026-h2/slides.md",
        "title: Der Plan hält bis auf eine Stelle; am Zugang zum Postfach hängt die Antwortzeit",
        "title: Am Zugang zum Postfach hängt die Antwortzeit",
        ("Folientitel (Quartalsgespräch, der Zeitplan) lautet jetzt „Am Zugang zum Postfach hängt die Antwortzeit“ statt „Der Plan hält bis auf eine Stelle; am Zugang zum Postfach hängt die Antwortzeit“",),
        ("Slide title (quarterly review, the timeline) is now “Am Zugang zum Postfach hängt die Antwortzeit” instead of “Der Plan hält bis auf eine Stelle; am Zugang zum Postfach hängt die Antwortzeit”",),
    ),
    Case(
        "2026-h2/slides.md",
        "      - text: In Lübeck wechselt im Januar die Disposition; nach einer Vertretung fragen.\n",
        "",
        ("Sprechernotiz „In Lübeck wechselt im Januar die Disposition; nach einer Vertretung fragen“ gestrichen",),
        ("Speaker note “In Lübeck wechselt im Januar die Disposition; nach einer Vertretung fragen” struck",),
    ),
    Case(
        "2026-h2/slides.md",
        "slides:\n",
        "slides:\n  - id: new\n    title: Was neu ist\n    after: results\n    table: goals\n",
        ("Folie „Was neu ist“ hinzugefügt, nach dem Abschnitt „die Ergebnisse“",),
        ("Slide “Was neu ist” added, after the section “the results”",),
    ),
    Case(
        "2026-h2/plan.md",
        "agreed_on: 2026-07-03\n",
        "",
        ("Vereinbarung zurückgenommen (bisher 3.7.2026)",),
        ("Agreement taken back (so far 3 Jul 2026)",),
    ),
    Case(
        "2026-h2/plan.md",
        "to: 2026-12-31",
        "to: 2027-01-31",
        ("Plan (2. Halbjahr 2026) verlängert: bis 31.1.2027 statt 31.12.2026",),
        ("Plan (Second half 2026) extended: to 31 Jan 2027 instead of 31 Dec 2026",),
    ),
    Case(
        "2026-h2/plan.md",
        "Zum Jahresende beantwortet",
        "Bis Weihnachten beantwortet",
        ("Vision neu gefasst",),
        ("Vision reworded",),
    ),
    Case(
        "2026-h2/plan.md",
        "owner: demir\n    validated_by: client:coo",
        "owner: brandt\n    validated_by: client:coo",
        ("Ziel „Befragung in sechs Niederlassungen, Antwortquote 32 %“ von Selin Demir an Maren Brandt übergeben",),
        ("Goal “Befragung in sechs Niederlassungen, Antwortquote 32 %” handed over from Selin Demir to Maren Brandt",),
    ),
    Case(
        "2026-h2/plan.md",
        "    kpis:\n      - nps\n",
        "    kpis:\n      - nps\n      - answer-time\n",
        ("Ziel „Weiterempfehlung auf 40 Punkte heben“ wird jetzt auch an Antwortzeit auf Rückfragen gemessen",),
        ("Goal “Weiterempfehlung auf 40 Punkte heben” is now measured by Time to first answer as well",),
    ),
    Case(
        "2026-h2/plan.md",
        "      - on: 2026-11-30\n        target: 11\n",
        "      - on: 2026-11-30\n        target: 12\n",
        ("Zwischenwert „Antwortzeit auf Rückfragen“ von 11 h auf 12 h angehoben",),
        ("Interim target of “Time to first answer” raised from 11 h to 12 h",),
    ),
    Case(
        "2026-h2/plan.md",
        "decision: drop",
        "decision: offen",
        ("Übernommenes „Aushänge mit Kurzlink in den Umschlaghallen anbringen (1. Halbjahr 2026)“ wieder unentschieden",),
        ("Carried item “Aushänge mit Kurzlink in den Umschlaghallen anbringen (First half 2026)” undecided again",),
    ),
    Case(
        "2026-h2/plan.md",
        "carried:\n",
        "approvals:\n  - by: client:cio\n    on: 2026-07-08\n    fingerprint: 1a2b3c4d5e6f\ncarried:\n",
        ("Plan freigegeben durch Dr. Anna Keller am 8.7.2026",),
        ("Plan approved by Dr. Anna Keller on 8 Jul 2026",),
    ),
    Case(
        "2026-h2/plan.md",
        "  - id: loyalty\n    title: Weiterempfehlung auf 40 Punkte heben",
        "  - id: loyalty\n    title: Weiterempfehlung auf 42 Punkte heben",
        ("Ziel „Weiterempfehlung auf 40 Punkte heben“ heißt jetzt „Weiterempfehlung auf 42 Punkte heben“",),
        ("Goal “Weiterempfehlung auf 40 Punkte heben” is now called “Weiterempfehlung auf 42 Punkte heben”",),
    ),
    Case(
        "2026-h2/plan.md",
        "  - id: loyalty\n",
        "  - id: referral\n",
        ("Ziel „Weiterempfehlung auf 40 Punkte heben“: Kennung referral statt loyalty",),
        ("Goal “Weiterempfehlung auf 40 Punkte heben”: id referral instead of loyalty",),
    ),
    Case(
        "2026-h2/tasks.md",
        "due: 2026-11-30\n",
        "due: 2026-12-15\n",
        ("Frist „Anmeldeformular in die Kunden-App einbauen“ zum dritten Mal verschoben: 30.11. → 15.12.2026",),
        ("Deadline of “Anmeldeformular in die Kunden-App einbauen” postponed for the third time: 30 Nov → 15 Dec 2026",),
        times=3,
    ),
    Case(
        "2026-h2/tasks.md",
        "due: 2026-12-04\n    share",
        "due: 2026-11-27\n    share",
        ("Frist „Befragung in Lübeck einführen“ vorgezogen: 4.12. → 27.11.2026",),
        ("Deadline of “Befragung in Lübeck einführen” brought forward: 4 Dec → 27 Nov 2026",),
    ),
    Case(
        "2026-h2/tasks.md",
        "due: 2026-12-04\n    share",
        "due: 14 days after branch-rostock\n    share",
        ("Frist „Befragung in Lübeck einführen“ neu: 14 Tage nach „Befragung in Rostock einführen“ statt 4.12.2026",),
        ("New deadline of “Befragung in Lübeck einführen”: 14 days after “Befragung in Rostock einführen” instead of 4 Dec 2026",),
    ),
    Case(
        "2026-h2/tasks.md",
        "due: 2026-12-04\n    share",
        "due: 2026-12-04\n    done_on: 2026-12-03\n    share",
        ("Aufgabe „Befragung in Lübeck einführen“ erledigt am 3.12.2026",),
        ("Task “Befragung in Lübeck einführen” done on 3 Dec 2026",),
    ),
    Case(
        "2026-h2/tasks.md",
        "    done_on: 2026-08-12\n",
        "",
        ("Aufgabe „Einwilligungstext prüfen und freigeben“ wieder offen (erledigt war sie am 12.8.2026)",),
        ("Task “Einwilligungstext prüfen und freigeben” open again (it was done on 12 Aug 2026)",),
    ),
    Case(
        "2026-h2/tasks.md",
        "    due: 2026-12-04\n    share: client\n",
        "    due: 2026-12-04\n",
        ("Aufgabe „Befragung in Lübeck einführen“ nicht mehr mit dem Kunden geteilt",),
        ("Task “Befragung in Lübeck einführen” no longer shared with the client",),
    ),
    Case(
        "2026-h2/tasks.md",
        "accountable: partner:edgeline",
        "accountable: brandt",
        ("Aufgabe „Anmeldeformular in die Kunden-App einbauen“ von Edgeline GmbH an Maren Brandt übergeben",),
        ("Task “Anmeldeformular in die Kunden-App einbauen” handed over from Edgeline GmbH to Maren Brandt",),
    ),
    Case(
        "2026-h2/tasks.md",
        "    goal: grow-routing\n    accountable: brandt\n    start: 2026-11-16\n    due: 2026-12-10",
        "    goal: loyalty\n    accountable: brandt\n    start: 2026-11-16\n    due: 2026-12-10",
        ("Aufgabe „Klären, wer den Kundenservice künftig leitet und wer uns vorstellt“ dem Ziel „Weiterempfehlung auf 40 Punkte heben“ zugeordnet (bisher „30.000 Euro mit Anfragensteuerung und Auswertung hinzugewinnen“)",),
        ("Task “Klären, wer den Kundenservice künftig leitet und wer uns vorstellt” assigned to the goal “Weiterempfehlung auf 40 Punkte heben” (so far “30.000 Euro mit Anfragensteuerung und Auswertung hinzugewinnen”)",),
    ),
    Case(
        "2026-h2/tasks.md",
        "    depends_on:\n      - answer-snippets\n",
        "",
        ("Aufgabe „Disposition im Umgang mit den Antwortbausteinen schulen“ wartet nicht mehr auf „Vierzig Antwortbausteine abstimmen“",),
        ("Task “Disposition im Umgang mit den Antwortbausteinen schulen” no longer waits for “Vierzig Antwortbausteine abstimmen”",),
    ),
    Case(
        "2026-h2/tasks.md",
        "milestones:\n",
        "  - id: invite-buyer\n    title: Einkauf zum Jahresgespräch einladen\n    accountable: brandt\n    due: 2026-12-18\nmilestones:\n",
        ("Aufgabe „Einkauf zum Jahresgespräch einladen“ angelegt für Maren Brandt, fällig 18.12.2026",),
        ("Task “Einkauf zum Jahresgespräch einladen” added for Maren Brandt, due 18 Dec 2026",),
    ),
    Case(
        "2026-h2/tasks.md",
        "on: 2026-12-07",
        "on: 2026-12-14",
        ("Meilenstein „Sechs Niederlassungen befragen ihre Kunden“ verschoben: 7.12. → 14.12.2026",),
        ("Milestone “Sechs Niederlassungen befragen ihre Kunden” postponed: 7 Dec → 14 Dec 2026",),
    ),
    Case(
        "2026-h2/tasks.md",
        "    recommendation: Ja, einmalig und mit drei Fragen, Versand am 14. Dezember\n    decided_by: client:cio\n    due: 2026-11-30",
        "    recommendation: Ja, einmalig und mit drei Fragen, Versand am 14. Dezember\n    decided_by: client:cio\n    due: 2026-11-30\n    decided_on: 2026-11-27\n    answer: Ja, einmalig",
        ("Entscheidung „Sollen wir bei 120 Ihrer Auftraggeber einmalig nachfragen?“ gefallen am 27.11.2026: Ja, einmalig",),
        ("Decision “Sollen wir bei 120 Ihrer Auftraggeber einmalig nachfragen?” taken on 27 Nov 2026: Ja, einmalig",),
    ),
    Case(
        "2026-h2/tasks.md",
        "es fehlt nur die Einrichtung",
        "es fehlen Einrichtung und Test",
        ("Aufgabe „Zugang zum Rückfragen-Postfach freigeben“: Notiz überarbeitet",),
        ("Task “Zugang zum Rückfragen-Postfach freigeben”: note revised",),
    ),
    Case(
        "2026-h2/risks.md",
        "probability: 3\n    severity: 4",
        "probability: 4\n    severity: 3",
        ("Risiko „Das Marketingbudget für 2027 wird erst im Januar bestätigt, die Befragung hängt zur Hälfte daran“ wahrscheinlicher: hoch statt mittel", "Risiko „Das Marketingbudget für 2027 wird erst im Januar bestätigt, die Befragung hängt zur Hälfte daran“ weniger schwer: mittel statt hoch",),
        ("Risk “Das Marketingbudget für 2027 wird erst im Januar bestätigt, die Befragung hängt zur Hälfte daran” more likely: high instead of medium", "Risk “Das Marketingbudget für 2027 wird erst im Januar bestätigt, die Befragung hängt zur Hälfte daran” less severe: medium instead of high",),
    ),
    Case(
        "2026-h2/risks.md",
        "amount_at_risk: 32000",
        "amount_at_risk: offen",
        ("Risiko „Das Marketingbudget für 2027 wird erst im Januar bestätigt, die Befragung hängt zur Hälfte daran“: Gefährdeter Betrag wieder offen (bisher 32.000 EUR)",),
        ("Risk “Das Marketingbudget für 2027 wird erst im Januar bestätigt, die Befragung hängt zur Hälfte daran”: amount at risk open again (so far EUR 32,000)",),
    ),
    Case(
        "2026-h2/risks.md",
        "    opened_on: 2026-11-16\n",
        "    opened_on: 2026-11-16\n    closed_on: 2026-12-01\n    resolution: Zugang freigegeben\n",
        ("Risiko „Ohne Zugang zum Postfach geht die Anfragensteuerung nicht vor Jahresende in Betrieb“ geschlossen am 1.12.2026: Zugang freigegeben",),
        ("Risk “Ohne Zugang zum Postfach geht die Anfragensteuerung nicht vor Jahresende in Betrieb” closed on 1 Dec 2026: Zugang freigegeben",),
    ),
    Case(
        "2026-h2/review.md",
        "held_on: offen",
        "held_on: 2027-01-12",
        ("Nachbesprechung gehalten am 12.1.2027",),
        ("Debrief held on 12 Jan 2027",),
    ),
    Case(
        "2026-h2/review.md",
        "planned_for: 2027-01-12",
        "planned_for: 2027-01-19",
        ("Nachbesprechung zum zweiten Mal verschoben: 12.1. → 19.1.2027",),
        ("Debrief postponed for the second time: 12 Jan → 19 Jan 2027",),
        times=2,
    ),
    Case(
        "2026-h2/review.md",
        "answered_on: offen",
        "answered_on: 2026-12-10\n    answer: Behoben mit Fassung 12",
        ("Problem „Auftraggeber erhalten zwei Einladungen am selben Tag“ beantwortet am 10.12.2026: Behoben mit Fassung 12",),
        ("Problem “Auftraggeber erhalten zwei Einladungen am selben Tag” answered on 10 Dec 2026: Behoben mit Fassung 12",),
    ),
    Case(
        "2026-h2/review.md",
        "commitments:",
        "next_steps:\n  - id: nps-follow-up\n    for: kpi:nps\n    title: Niedrige Bewertungen nachfragen\n    accountable: demir\n    due: 2027-02-28\ncommitments:",
        ("Nächster Schritt „Niedrige Bewertungen nachfragen“ vereinbart mit Selin Demir, fällig 28.2.2027",),
        ("Next step “Niedrige Bewertungen nachfragen” agreed with Selin Demir, due 28 Feb 2027",),
    ),
    Case(
        "2026-h2/review.md",
        "commitments:",
        "feedback:\n  - from: client:coo\n    kind: praise\n    quote: Endlich eine Zahl, die niemand anzweifelt\n    on: 2027-01-12\ncommitments:",
        ("Stimme von Amina Yildiz (Lob): „Endlich eine Zahl, die niemand anzweifelt“",),
        ("Amina Yildiz said (praise): “Endlich eine Zahl, die niemand anzweifelt”",),
    ),
    Case(
        "2026-h2/review.md",
        "result: missed",
        "result: partly",
        ("Zusage „Einkauf kennenlernen, bevor die Verlängerung ansteht“: teilweise statt verfehlt",),
        ("Commitment “Einkauf kennenlernen, bevor die Verlängerung ansteht”: partly instead of missed",),
    ),
    Case(
        "2026-h2/review.md",
        "  - client:coo\n",
        "",
        ("Nachbesprechung (2. Halbjahr 2026): Amina Yildiz nicht dabei",),
        ("Debrief (Second half 2026): Amina Yildiz will not take part",),
    ),
    Case(
        "stakeholders.md",
        "influence: 5\n    disposition: 0",
        "influence: 5\n    disposition: 2",
        ("Haltung von Torsten Harms von neutral auf fördernd gesetzt",),
        ("Disposition of Torsten Harms set from neutral to mentor",),
    ),
    Case(
        "stakeholders.md",
        "influence: 5\n    disposition: 0",
        "influence: 3\n    disposition: 0",
        ("Einfluss von Torsten Harms geringer eingeschätzt: mittel statt sehr groß",),
        ("Influence of Torsten Harms judged lower: some instead of very much",),
    ),
    Case(
        "stakeholders.md",
        "name: offen",
        "name: Ute Sander",
        ("Gefunden: Ute Sander, Leitung Kundenservice",),
        ("Found: Ute Sander, Leitung Kundenservice",),
    ),
    Case(
        "stakeholders.md",
        "title: COO",
        "title: Vorständin Betrieb",
        ("Funktion von Amina Yildiz ist jetzt Vorständin Betrieb (bisher COO)",),
        ("Position of Amina Yildiz is now Vorständin Betrieb (so far COO)",),
    ),
    Case(
        "stakeholders.md",
        "level: vendor",
        "level: problem_solver",
        ("Beziehung Petra Lindt – Maren Brandt: „löst Probleme“ statt „Anbieter unter vielen“",),
        ("Relationship Petra Lindt – Maren Brandt: “solves problems” instead of “one vendor of many”",),
    ),
    Case(
        "stakeholders.md",
        "stakeholders:\n",
        "stakeholders:\n  - id: fleet-lead\n    name: Ole Brandhorst\n    title: Leiter Fuhrpark\n    department: operations\n",
        ("Neu bei den Stakeholdern: Ole Brandhorst, Leiter Fuhrpark (Betrieb und Niederlassungen)",),
        ("New among the stakeholders: Ole Brandhorst, Leiter Fuhrpark (Betrieb und Niederlassungen)",),
    ),
    Case(
        "stakeholders.md",
        "@vogt soll im Januar",
        "@vogt soll im Februar",
        ("Stakeholder: Text überarbeitet",),
        ("Stakeholders: text revised",),
    ),
    Case(
        "stakeholders.md",
        "checked_on: 2026-11-16",
        "checked_on: 2026-11-30",
        ("Stakeholder am 30.11.2026 durchgesehen",),
        ("Stakeholders looked through on 30 Nov 2026",),
    ),
    Case(
        "account.md",
        "tier: a",
        "tier: b",
        ("Stufe des Kunden ist jetzt B (bisher A)",),
        ("Tier of the account is now B (so far A)",),
    ),
    Case(
        "account.md",
        "contract_until: 2027-03-31",
        "contract_until: 2029-03-31",
        ("Vertrag verlängert bis 31.3.2029 (bisher 31.3.2027)",),
        ("Contract extended to 31 Mar 2029 (so far 31 Mar 2027)",),
    ),
    Case(
        "account.md",
        "    contacted: nein\n    ways_in:\n      - title: Leitung Kundenservice",
        "    contacted: ja\n    ways_in:\n      - title: Leitung Kundenservice",
        ("Bereich „Kundenservice“ erreicht",),
        ("Department “Kundenservice” reached",),
    ),
    Case(
        "account.md",
        "confirmed_on: offen",
        "confirmed_on: 2026-11-24",
        ("Ziel des Kunden „Bis Ende 2027 drei Altsysteme im Kundenservice ablösen“ bestätigt am 24.11.2026",),
        ("Client’s objective “Bis Ende 2027 drei Altsysteme im Kundenservice ablösen” confirmed on 24 Nov 2026",),
    ),
    Case(
        "account.md",
        "employees: 3400",
        "employees: 3550",
        ("Kunde „Nordwind Logistik AG“: Mitarbeitende von 3.400 auf 3.550 erhöht",),
        ("Account “Nordwind Logistik AG”: employees raised from 3,400 to 3,550",),
    ),
    Case(
        "account.md",
        "  - Dänemark\n",
        "",
        ("Kunde „Nordwind Logistik AG“: Zielmärkte ohne Dänemark",),
        ("Account “Nordwind Logistik AG”: target markets without Dänemark",),
    ),
    Case(
        "account.md",
        "profit: offen",
        "profit: 12400000",
        ("Jahreszahlen „2025“: Gewinn geklärt, 12.400.000 EUR",),
        ("Year's figures “2025”: profit settled, EUR 12,400,000",),
    ),
    Case(
        "account.md",
        "every: 110 days",
        "every: 90 days",
        ("Rhythmus „Quartalsgespräch“: alle 90 Tage statt alle 110 Tage",),
        ("Cadence “review”: every 90 days instead of every 110 days",),
    ),
    Case(
        "interview.md",
        "answer: offen",
        "answer: Der Vorstand entscheidet am 15. Januar.",
        ("Frage beantwortet: „Wann entscheidet der Vorstand über das Budget 2027 für Befragung und Marketing, und wer legt es vor?“",),
        ("Question answered: “Wann entscheidet der Vorstand über das Budget 2027 für Befragung und Marketing, und wer legt es vor?”",),
    ),
    Case(
        "whitespace.csv",
        "it,analytics,competitor",
        "it,analytics,won",
        ("Weißer Fleck IT × Auswertung: beim Wettbewerb → gewonnen",),
        ("White space IT × Analytics: with a competitor → won",),
    ),
    Case(
        "opportunities.csv",
        "2027-01-31,,open,48000",
        "2027-01-31,2026-11-30,won,52000",
        ("Verkaufschance „Auswertung je Tour“ gewonnen am 30.11.2026", "Wert der Verkaufschance „Auswertung je Tour“ von 48.000 EUR auf 52.000 EUR erhöht",),
        ("Opportunity “Auswertung je Tour” won on 30 Nov 2026", "Value of the opportunity “Auswertung je Tour” raised from EUR 48,000 to EUR 52,000",),
    ),
    Case(
        "measurements.csv",
        "corrects\n",
        "corrects\n2026-11-24,nps,33,,,,\n",
        ("Neuer Messwert „Weiterempfehlung (NPS)“, 33 am 24.11.2026",),
        ("New value of “Net promoter score”, 33 on 24 Nov 2026",),
    ),
    Case(
        "measurements.csv",
        "corrects\n",
        "corrects\n2026-11-23,response-rate,30.1,,,,\n2026-11-24,response-rate,95.8,,,,\n2026-11-24,nps,33,,,,\n",
        ("2 neue Messwerte „Antwortquote der Befragung“ (zuletzt 95,8 % am 24.11.2026)", "Neuer Messwert „Weiterempfehlung (NPS)“, 33 am 24.11.2026",),
        ("2 new values of “Survey response rate” (latest 95.8 % on 24 Nov 2026)", "New value of “Net promoter score”, 33 on 24 Nov 2026",),
    ),
    Case(
        "revenue.csv",
        "corrects\n",
        "corrects\n2026-11-24,new,survey,4000,EUR,,\n2026-11-25,new,routing,8000,EUR,,\n",
        ("Umsatz: 2 Buchungen, 12.000 EUR",),
        ("Revenue: 2 bookings, EUR 12,000",),
    ),
    Case(
        "interactions.csv",
        "corrects\n",
        "corrects\n2026-11-24,call,in,ja,1,1,,,,,client:cio,Verlängerung,,\n",
        ("Kontakt festgehalten: Anruf am 24.11.2026 mit Dr. Anna Keller, Verlängerung",),
        ("Contact noted: call on 24 Nov 2026 with Dr. Anna Keller, Verlängerung",),
    ),
    Case(
        "competition.md",
        "strength: 2\n",
        "strength: 3\n",
        ("Kraft „Ersatzangebote“ stärker: mittel statt schwach",),
        ("Force “substitutes” stronger: medium instead of weak",),
    ),
    Case(
        "competition.md",
        "    text: Im Einkauf kennt man uns nur über den Preis",
        "    text: Der Einkauf kennt uns nur über den Preis",
        ("Stärke oder Schwäche „Der Einkauf kennt uns nur über den Preis“: Wortlaut überarbeitet",),
        ("SWOT item “Der Einkauf kennt uns nur über den Preis”: wording revised",),
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.german[0]}")
def test_a_change_is_told(case: Case) -> None:
    before, after = edited(case.file, (case.old, case.new))
    assert told("de", before, after, case.times) == list(case.german)
    assert told("en", before, after, case.times) == list(case.english)
    # and back again there is something to say as well
    assert told("de", after, before)
    assert told("en", after, before)


# --- records that come, go and move ----------------------------------------------------------


def test_a_task_is_carried_over() -> None:
    old, new = Spot(NORDWIND, "tasks", "2026-h1", ("tasks", "x")), Spot(NORDWIND, "tasks", "2026-h2", ("tasks", "x"))  # fmt: skip
    change = Change("moved", new, "Task", "Bericht je Niederlassung", before=old)
    assert tell(change, context("de")).plain == "Aufgabe „Bericht je Niederlassung“ übernommen aus 1. Halbjahr 2026 nach 2. Halbjahr 2026"  # fmt: skip
    assert tell(change, context("en")).plain == "Task “Bericht je Niederlassung” carried over from First half 2026 to Second half 2026"  # fmt: skip


def test_many_entries_are_counted_and_the_first_named() -> None:
    before, after = edited("2026-h2/tasks.md")
    words = (ROOT / "plans" / NORDWIND / "2026-h2/tasks.md").read_text("utf-8")
    without = words[: words.index("milestones:")] + words[words.index("decisions:") :]
    less = facts(PurePosixPath(NORDWIND, "2026-h2/tasks.md"), without)
    assert told("de", less, after) == [
        "Meilensteine: 5 neue Einträge (Quartalsgespräch, Anmeldeformular in der Kunden-App "
        "sichtbar, Sechs Niederlassungen befragen ihre Kunden und 2 weitere)"
    ]
    assert told("en", before, less) == [
        "Milestones: 5 entries struck (Quartalsgespräch, Anmeldeformular in der Kunden-App "
        "sichtbar, Sechs Niederlassungen befragen ihre Kunden and 2 more)"
    ]


def test_a_new_plan_is_told_once() -> None:
    _, after = edited("2026-h2/plan.md")
    assert told("de", {}, after) == ["Plan (2. Halbjahr 2026) angelegt"]
    assert told("en", after, {}) == ["Plan (Second half 2026) struck"]


def test_what_is_within_a_new_record_is_told_by_it() -> None:
    department = "  - id: legal\n    name: Recht\n    ways_in:\n      - title: Leitung Recht\n"
    before, after = edited("account.md", ("departments:\n", f"departments:\n{department}"))
    assert told("de", before, after) == ["Bereich „Recht“ angelegt"]


def test_a_new_name_of_folder_or_account_is_told_once() -> None:
    _, plan = edited("2026-h2/plan.md")
    _, tasks = edited("2026-h2/tasks.md")
    before = {**plan, **tasks}
    after = {spot._replace(of="2026-herbst"): fact for spot, fact in before.items()}
    assert told("de", before, after) == ["Plan (2. Halbjahr 2026): Ordner oder Datei umbenannt"]
    _, account = edited("account.md")
    other = {spot._replace(account="nordwind"): fact for spot, fact in account.items()}
    changes = compare(account, other, {NORDWIND: "nordwind"})
    assert [plain(s) for s in tell_all(changes, context("de", account, other))] == ["Kunde „Nordwind Logistik AG“ hat einen neuen Ordner"]  # fmt: skip


def test_fields_that_another_one_tells_are_left_out() -> None:
    before, after = edited("2026-h2/plan.md", ("    validated_by: client:cio\n    validated_on: 2026-07-08\n", ""))  # fmt: skip
    assert told("de", after, before) == [
        "Ziel „Rückfragen in acht Stunden beantworten“ vom Kunden bestätigt am 8.7.2026 durch Dr. Anna Keller"
    ]
    for (kind, name), others in TOLD_BY.items():
        assert {name, *others} <= set(keys(all_records()[kind]))


def test_the_order_of_the_journey_is_told_and_a_new_station_only_once() -> None:
    path = PurePosixPath(NORDWIND, "journey.md")
    words = (ROOT / "plans" / path).read_text("utf-8")
    head, first, second, *rest = re.split(r"^(?=  - id)", words, flags=re.M)
    before, other = facts(path, words), facts(path, "".join([head, second, first, *rest]))
    assert told("de", before, other) == ["Stationen der Customer Journey neu geordnet"]
    less = facts(path, "".join([head, second, *rest]))
    (sentence,) = told("de", less, before)
    assert sentence.startswith("Station „")


# --- words and structure ---------------------------------------------------------------------


def test_a_sentence_says_which_words_are_what() -> None:
    before, after = edited("2026-h2/plan.md", ("target: 12600", "target: 13000"))
    (change,) = compare(before, after)
    sentence = tell(change, context("de", before, after))
    assert sentence.parts == (
        Part("Zielwert „"), Part("Newsletter-Anmeldungen", "title"), Part("“ von "),
        Part("12.600", "old"), Part(" auf "), Part("13.000", "new"), Part(" angehoben"),
    )  # fmt: skip
    assert sentence.changes == (change,)


@pytest.mark.parametrize(
    ("times", "words"),
    [(1, "verschoben:"), (2, "zum zweiten Mal verschoben:"), (11, "zum 11. Mal verschoben:")],
)
def test_how_often_is_said_from_the_second_time_on(times: int, words: str) -> None:
    before, after = edited("2026-h2/tasks.md", ("due: 2026-11-30\n", "due: 2027-01-15\n"))
    (sentence,) = told("de", before, after, times)
    assert f"einbauen“ {words} 30.11.2026 → 15.1.2027" in sentence


def test_whoever_left_is_called_as_then() -> None:
    before, after = edited("stakeholders.md")
    words = (ROOT / "plans" / NORDWIND / "stakeholders.md").read_text("utf-8")
    start, end = words.index("  - id: buyer"), words.index("  - id: care-lead")
    less = facts(PurePosixPath(NORDWIND, "stakeholders.md"), words[:start] + words[end:])
    assert told("de", before, less) == ["Petra Lindt nicht mehr bei den Stakeholdern"]
    gone = examples().model_copy(update={"accounts": ()})
    change = Change("changed", Spot(NORDWIND, "tasks", "2026-h2", ("tasks", "x")), "Task", "X", "accountable", "client:buyer", "client:nobody")  # fmt: skip
    assert tell(change, context("de", after, portfolio=gone)).plain == "Aufgabe „X“ von Petra Lindt an client:nobody übergeben"  # fmt: skip


def test_a_client_reads_no_id_and_no_name_that_was_not_released() -> None:
    seen = project(examples(), "client", NORDWIND)
    spot = Spot(NORDWIND, "tasks", "2026-h2", ("tasks", "x"))
    change = Change("changed", spot, "Task", "X", "accountable", "client:buyer", "vogt")
    assert tell(change, context("de", portfolio=seen)).plain == "Aufgabe „X“ von jemand an jemand übergeben"  # fmt: skip
    released = facts_of(seen.account(NORDWIND))
    reader = context("de", released, portfolio=seen)
    sentences = [plain(tell(change, reader)) for change in compare({}, released)]
    for secret in ("Petra Lindt", "Henning Vogt", "grow-routing", "Qualimetrix"):
        assert secret in f"{facts_of(examples().account(NORDWIND))}{examples().team}"
        assert not [s for s in sentences if secret in s]


def test_unknown_values_are_open() -> None:
    before, after = edited("2026-h2/plan.md", ("    target: 32\n", "    target: offen\n"))
    assert told("de", before, after) == ["Zielwert „Antwortquote der Befragung“ wieder offen (bisher 32,0 %)"]  # fmt: skip
    assert told("en", after, before) == ["Target of “Survey response rate” set to 32.0 %"]


# --- texts -----------------------------------------------------------------------------------


def test_a_text_is_told_by_section_word_by_word() -> None:
    before, after = edited(
        "account.md",
        ("Stand 23. November", "Stand 24. November"),
        ("Belegen können wir das nicht. ", ""),
    )
    (change,) = compare(before, after)
    sentence = tell(change, context("de", before, after))
    assert sentence.plain == "Interne Einschätzung überarbeitet"
    assert [(p.heading, p.plain) for p in sentence.passages] == [
        ("", "Stand [-23.-] {+24.+} November: inhaltlich ein gutes Jahr, …"),
        ("Was wir glauben", "… Preisanpassung zum 1. September zusammen. [-Belegen können wir das nicht.-] Deshalb brauchen wir das Ja …"),
    ]  # fmt: skip
    assert sentence.passages[0].runs[1:3] == (Run("removed", "23."), Run("added", "24."))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b c", "a x c", [("", "a [-b-] {+x+} c")]),
        ("a", "a", []),
        ("", "# T\n\nneu", [("T", "{+neu+}")]),
        ("# T\n\nalt\n\n# U\n\nb", "# U\n\nb", [("T", "[-alt-]")]),
        ("# T\n\na\n\n# T\n\nb", "# T\n\na\n\n# T\n\nc", [("T", "[-b-] {+c+}")]),
        ("eins zwei drei vier fünf sechs sieben acht", "eins zwei drei vier fünf sechs sieben neun",
         [("", "… drei vier fünf sechs sieben [-acht-] {+neun+}")]),
    ],
)  # fmt: skip
def test_passages(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [(p.heading, p.plain) for p in passages(old, new)] == expected


def test_very_long_texts_are_told_in_short() -> None:
    old = "\n\n".join(f"Absatz {n} " + "wort " * 200 for n in range(60))
    new = old.replace("Absatz 30", "Paragraph 30").replace("Absatz 40", "x " * 5000)
    (passage,) = passages(old, new)
    assert all(len(run.words.split()) <= 130 for run in passage.runs)
    assert any(run.words.startswith("Paragraph 30") for run in passage.runs)


def test_a_passage_is_data() -> None:
    assert passages("a", "b") == (Passage("", (Run("removed", "a"), Run("added", "b"))),)


# --- everything can be told ------------------------------------------------------------------

FILES = sorted({kind.record for kind in KINDS}, key=lambda k: k.__name__)
TOPICS = {kind.record: kind.name for kind in KINDS}


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_whatever_changes_can_be_told(kind: type[Record], data: Any) -> None:
    states = [placed(facts_of_file(data.draw(instances(kind))), NORDWIND, TOPICS[kind], "2026-h2") for _ in range(2)]  # fmt: skip
    if kind.__name__ in all_lines():
        states = [{spot._replace(path=("x/y",)): fact for spot, fact in state.items()} for state in states]  # fmt: skip
    for language in ("de", "en"):
        changes = compare(states[0], states[1])
        reader = context(language, *states)
        for sentence in tell_all(changes, reader):
            assert sentence.plain.strip()
            assert sentence.changes
        for change in changes:
            assert tell(change, reader).plain


def all_lines() -> set[str]:
    return {kind.record.__name__ for kind in KINDS if kind.shape == "table"}


def texts(group: Mapping[str, Any], *at: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in group.items():
        if isinstance(value, dict):
            yield from texts(value, *at, key)
        else:
            yield (*at, key), value


def phrases(language: str) -> dict[tuple[str, ...], str]:
    words = load_telling(language)
    return {
        (what, *at): text
        for what in ("changed", "added", "removed", "moved", "renamed")
        for at, text in texts(words.group(what))
    }


def test_both_languages_have_the_same_phrases_with_the_same_places() -> None:
    german, english = phrases("de"), phrases("en")
    assert german.keys() == english.keys()
    for at in german:
        places = [sorted(re.findall(r"\{\w+\}", p[at])) for p in (german, english)]
        assert places[0] == places[1], at


RECORDS = {**all_records(), "Measured": Measured}
"""All that changes: what stands in files, and what a client is shown of the measurements."""


@BOTH
def test_phrases_are_about_fields_and_cases_that_there_are(language: str) -> None:
    cases = set(load_telling("de").group("changed")["general"])
    fixed = {"title", "record", "what", "label", "old", "new", "times", "added", "removed", "count",
             "sum", "list", "titles", "from_period", "to_period"}  # fmt: skip
    for at, text in phrases(language).items():
        what, kind, *field, case = at
        fields = {key for r in all_records().values() for key in keys(r)} if kind in ("any", "general") else set(keys(RECORDS[kind]))  # fmt: skip
        if what == "changed":
            assert case in cases or case.startswith("to_"), at
            assert set(field) <= fields, at
        for place in re.findall(r"\{(\w+)\}", text):
            assert place in fixed or place.removeprefix("of_") in fields, (at, place)
        assert text.count("[") == text.count("]")


@BOTH
def test_every_case_has_a_general_phrase(language: str) -> None:
    general = load_telling(language).group("changed")["general"]
    assert set(general) == {"many", "set", "asked", "gone", "known", "opened", "up", "down", "later", "earlier", "more", "less", "swapped", "order", "text", "said_yes", "said_no", "other"}  # fmt: skip
    assert OPEN.value == "open"


# --- a quarter of a plan's life --------------------------------------------------------------

EDITS = {
    "2026-h2/plan.md": [
        ("target: 12600", "target: 13000"),
        ("Von 26 Stunden auf einen Arbeitstag.", "Von 26 Stunden auf acht."),
        ("agreed_on: 2026-07-03", "agreed_on: 2026-07-03\nclosed_on: 2027-01-14"),
    ],
    "2026-h2/tasks.md": [
        ("due: 2026-11-30\n", "due: 2026-12-15\n"),
        ("    due: 2026-12-04\n    share", "    due: 2026-12-04\n    done_on: 2026-12-03\n    share"),
        ("am 11. November zugestimmt, es fehlt nur die Einrichtung", "am 12. November zugestimmt"),
    ],
    "stakeholders.md": [
        ("disposition: -1", "disposition: 1"),
        ("name: offen", "name: Ute Sander"),
        ("@vogt soll im Januar dabei sein", "@demir soll im Februar dabei sein"),
    ],
    "whitespace.csv": [("it,analytics,competitor,,60000", "it,analytics,won,60000,")],
    "measurements.csv": [("corrects\n", "corrects\n2026-11-23,nps,33,,,,\n2026-11-24,nps,34,,,,\n")],
    "2026-h2/review.md": [("held_on: offen", "held_on: 2027-01-12"), ("answered_on: offen", "answered_on: 2026-12-10")],
}  # fmt: skip


@BOTH
def test_edits_of_a_quarter_read_like_a_report(language: str) -> None:
    """PLANWERK_UPDATE_GOLDENS=1 rewrites what is expected."""
    lines = []
    for file, edits in EDITS.items():
        before, after = edited(file, *edits)
        for sentence in tell_all(compare(before, after), context(language, before, after)):
            lines.append(plain(sentence))
            lines += [f"    {p.heading or '-'}: {p.plain}" for p in sentence.passages]
    text = "\n".join(lines) + "\n"
    golden = ROOT / f"tests/golden/changes.{language}.txt"
    if os.environ.get("PLANWERK_UPDATE_GOLDENS"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
