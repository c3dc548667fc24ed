"""Every block once, with few, normal and many items where that matters: each format renders it.

The data is invented. A new block is added here first; every format's test then asks for it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Literal

from PIL import Image as Picture

import pictures
from planwerk import blocks as b
from planwerk.painted import PictureFile
from planwerk.text.pictures import read_picture

T = b.text
GOOD, WARN, BAD = b.Status("good", "erreicht"), b.Status("warn", "knapp verfehlt"), b.Status("bad", "verfehlt")  # fmt: skip
RUN, PLAN, DONE = b.Status("run", "läuft"), b.Status("plan", "geplant"), b.Status("done", "erledigt")  # fmt: skip
OPEN = b.Status("open", "offen")
BRANDT = b.Person("Maren Brandt", "MB", "us", "Key-Account-Managerin")
KELLER = b.Person("Dr. Anna Keller", "AK", "client", "CIO")
EDGE = b.Person("Edgeline GmbH", "E", "partner")
MONTHS = ("Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
DAYS = tuple(date(2026, m, 15) for m in range(7, 13))
TODAY = date(2026, 11, 23)
LONG = "Kundenzufriedenheitsbefragungsergebnisübersicht"


def card(i: int) -> b.Card:
    """The i-th key figure, in turn reached, close, missed, unknown."""
    status = (GOOD, WARN, BAD, OPEN)[i % 4]
    unknown = status is OPEN
    return b.Card(
        label=("Newsletter-Anmeldungen", "Antwortquote", "Antwortzeit auf Anfragen", LONG)[i % 4],
        value="offen" if unknown else ("12.840", "34,1", "11", "")[i % 4],
        unit="" if unknown else ("", "%", "Std.", "")[i % 4],
        status=status, period="Dez 2026", target_line="Ziel 12.600, Ausgang 12.000",
        series=() if unknown else (10.0 + i, 11.0, None, 12.5, 13.0, 12.0 + i),
        labels=() if unknown else MONTHS, target=None if unknown else 14.0, unknown=unknown,
        origin=f"gallery/kpis/{i}",
    )  # fmt: skip


def goal(i: int) -> b.Goal:
    """The i-th goal."""
    return b.Goal(
        title=("Newsletter-Anmeldungen um 5 % steigern", "Antwortzeit auf Kundenanfragen senken",
               "Weiterempfehlung verbessern", "Befragung in sechs Niederlassungen")[i % 4],
        kpi="Anmeldungen im Bestand", baseline="12.000", actual="offen" if i % 4 == 3 else "12.498",
        target="12.600", status=(GOOD, WARN, BAD, OPEN)[i % 4],
        progress=(0.83, 0.6, -0.22, None)[i % 4], expected=0.79, ours=BRANDT,
        theirs=KELLER if i % 2 == 0 else None, confirmed="Dr. Anna Keller, 03.07.2026",
        description="Der Newsletter ist der günstigste Weg zu Bestandskunden.",
        series=(12000.0, 12110.0, None, 12330.0, 12410.0, 12498.0), labels=MONTHS,
        target_value=12600.0, unknown=i % 4 == 3, origin=f"gallery/goals/{i}",
    )  # fmt: skip


def dated(i: int) -> b.Dated:
    """The i-th dated thing."""
    return b.Dated(
        f"{1 + i % 28:02}.12.", f"Ergebnisbericht {i + 1} für den Vorstand abstimmen",
        "Maren Brandt", (BAD, RUN, PLAN, DONE)[i % 4], "Antwort am selben Tag", f"gallery/tasks/{i}",
    )  # fmt: skip


def bar(i: int) -> b.Bar:
    """The i-th task on a timeline."""
    month = 7 + i % 5
    return b.Bar(
        f"Schnittstelle {i + 1} zur Abnahme bringen", "L. Petersen", date(2026, month, 3),
        date(2026, month + 1, 20), (DONE, RUN, PLAN, BAD)[i % 4], f"20.{month + 1}.",
        date(2026, month + 1, 18) if i % 4 == 0 else None, f"gallery/tasks/{i}",
        f"task-{i}", (f"task-{i - 1}",) if i % 3 == 2 else (), "wartet auf „Abnahme“" if i % 4 == 1 else "",
    )  # fmt: skip


def timeline(each: int) -> b.Timeline:
    """A timeline with `each` tasks a side."""
    sides: tuple[tuple[str, b.Side], ...] = (("Nordwind", "client"), ("Ruhrblick", "us"), ("Edgeline", "partner"))  # fmt: skip
    return b.Timeline(
        date(2026, 7, 1), date(2026, 12, 31), TODAY,
        tuple(b.Lane(n, s, tuple(bar(i + k) for i in range(each)), "1 von 3 erledigt") for k, (n, s) in enumerate(sides)),
        (b.Event(date(2026, 9, 24), "Quartalsgespräch", "24.9.", "chance"), b.Event(date(2026, 12, 15), "Bericht an den Vorstand", "15.12.", "chance")),
        tuple(b.Event(date(2026, m, 1), n, n) for m, n in zip(range(7, 13), MONTHS, strict=True)),
        "Zeitplan", "Neun Aufgaben von Juli bis Dezember, zwei überfällig.", "heute 23.11.",
        ("Aufgabe", "Wer", "Frist"),
    )  # fmt: skip


def table(rows: int) -> b.Table:
    """A table with every kind of cell and row."""
    columns = (b.Column("Kennzahl", wide=True), b.Column("Ziel", "right"), b.Column("Ist", "right"), b.Column("Stand"), b.Column("Wer"))  # fmt: skip
    body = tuple(
        b.Row((b.Cell(T(f"Kennzahl {i + 1} {LONG if i == 2 else ''}"), note="Anmeldungen im Bestand"), b.Cell(T("12.600")),
               b.Cell(T("offen"), unknown=True) if i % 3 == 2 else b.Cell(T("12.498"), strong=True),
               b.Cell(status=(GOOD, BAD, OPEN)[i % 3]), b.Cell(person=BRANDT)), "late" if i % 3 == 1 else "normal")
        for i in range(rows)
    )  # fmt: skip
    head = b.Row((b.Cell(T("Seite des Kunden")), b.Cell(), b.Cell(), b.Cell(), b.Cell()), "group")
    total = b.Row((b.Cell(T("Summe")), b.Cell(T("37.800")), b.Cell(T("37.494")), b.Cell(), b.Cell()), "total")  # fmt: skip
    return b.Table(columns, (head, *body, total), "Kennzahlen", "Ergebnisse gegen die vereinbarten Ziele", "Quelle: Messwerte.")  # fmt: skip


def chart(kind: str) -> b.Chart:
    """A chart of each kind; the line has days, a gap and a today."""
    target = b.Series("Zielwert", (12000.0, 12120.0, 12240.0, 12360.0, 12480.0, 12600.0), "target")
    actual = b.Series("Ist", (12020.0, 12110.0, None, 12330.0, 12410.0, 12498.0))
    if kind == "line":
        return b.Chart("line", "Newsletter: 102 fehlen zum Zielwert", "Anmeldungen, Juli bis Dezember 2026", MONTHS, (actual, target), "Istwert 12.498, Zielwert 12.600.", source="Versandsystem, Stand 16.11.2026", days=DAYS, today=TODAY)  # fmt: skip
    if kind == "columns":
        return b.Chart("columns", "Die Antwortzeit fällt seit Planbeginn", "Stunden je Monat", MONTHS, (b.Series("Ist", (25.0, 22.0, 17.0, 15.0, 12.0, 11.0)), b.Series("Zielwert", (8.0,) * 6, "target")), "Von 25 auf 11 Stunden, Ziel 8.", unit="Std.", source="Ticketsystem", level="bad")  # fmt: skip
    return b.Chart("stacked", "Umsatz wächst durch Upsell", "Tsd. EUR je Quartal", ("Q1 26", "Q2 26", "Q3 26"), (b.Series("Laufend", (42.0, 42.0, 44.0)), b.Series("Upsell", (0.0, 4.0, 7.0), "other"), b.Series("Cross-Sell", (0.0, 0.0, 3.0), "other")), "Von 42 auf 54 Tsd. EUR.", unit="Tsd. EUR", source="Umsatzprotokoll")  # fmt: skip


PROSE: tuple[b.Block, ...] = (
    b.Heading(T("Wie wir arbeiten"), 3),
    b.Paragraph((b.Run("Wir "), b.Run("hören", strong=True), b.Run(" zu, "), b.Run("fragen", emphasis=True), b.Run(" nach und nutzen "), b.Run("code", code=True), b.Run("; siehe "), b.Run("Bericht", link="https://ruhrblick.example/bericht"))),
    b.Bullets(((b.Paragraph(T("Erstens")), b.Bullets(((b.Paragraph(T("Darunter")),),))), (b.Paragraph(T("Zweitens")),))),
    b.Bullets(((b.Paragraph(T("Schritt drei")),), (b.Paragraph(T("Schritt vier")),)), ordered=True, start=3),
    b.Quotation((b.Paragraph(T("Was der Kunde gesagt hat.")),)),
    b.Code("a <b> & c\n  d"),
    b.Break(),
)  # fmt: skip

STATES = ("unknown", "not_applicable", "blocked", "internal", "competitor", "gap", "idea", "opportunity", "won", "lost", "at_risk")  # fmt: skip

MATRIX = b.Matrix(
    ("Befragung", "Analyse", "Routing", "Schulung"), ("IT", "Kundenservice", "Vertrieb"),
    tuple(tuple(b.MatrixCell(STATES[(r * 4 + c) % 11], STATES[(r * 4 + c) % 11], "45" if c % 2 else "", "bis 12/26" if c == 3 else "") for c in range(4)) for r in range(3)),
    "Potenzialmatrix", "Potenzial in Tsd. EUR", "Bereich", ("120", "45", "60"), ("80", "45", "60", "40"), "225", "Summe",
)  # fmt: skip

RIBBON = b.Ribbon(
    date(2026, 7, 1), date(2026, 12, 31), TODAY,
    (b.Event(date(2026, 7, 3), "Plan vereinbart", "3.7.", "done"), b.Event(date(2027, 1, 12), "Nachbesprechung", "12.1.", "chance")),
    tuple(b.Event(date(2026, m, 1), n, n) for m, n in zip(range(7, 13), MONTHS, strict=True)),
    "Tag 146 von 184: Plan vereinbart am 3.7., Nachbesprechung am 12.1.", "heute 23.11.",
)  # fmt: skip


def lesson(i: int) -> b.Lesson:
    """The i-th miss."""
    return b.Lesson("Antwortzeit auf Anfragen", "11 Std.", "statt 8 Std.", (BAD, WARN)[i % 2], "Die Prüfung durch den Datenschutz begann erst im November.", "Der Datenschutz gehört in den ersten Termin.", "Datenschutzprüfung abschließen und Ticketdaten anbinden", "T. Riehl", "bis 26.02.2027", f"gallery/outcomes/{i}")  # fmt: skip


def quote(i: int) -> b.Quote:
    """The i-th quotation."""
    return b.Quote(("Zum ersten Mal sehen die Niederlassungen am selben Tag, was der Kunde gesagt hat.", "Ich kann dem Vorstand jeden Monat eine Zahl zeigen.")[i % 2], KELLER, "9. Dezember 2026", ("Lob", "Änderungswunsch")[i % 2], f"gallery/feedback/{i}")  # fmt: skip


def decision(i: int) -> b.Decision:
    """The i-th decision."""
    return b.Decision("Ticketdaten freigeben, zunächst für den Kundenservice", "Empfehlung: ja, pseudonymisiert, befristet bis Juni", "Dr. Anna Keller", "bis 30.11.", (OPEN, DONE)[i % 2], f"gallery/decisions/{i}")  # fmt: skip


def sides(*counts: int) -> b.Sides:
    """Three columns with that many things each."""
    names: tuple[tuple[str, b.Side], ...] = (("Nordwind", "client"), ("Ruhrblick", "us"), ("Edgeline", "partner"))  # fmt: skip
    return b.Sides(tuple(b.SideColumn(n, s, f"{k} Aufgaben", tuple(dated(i) for i in range(k)), "Derzeit keine Aufgabe") for (n, s), k in zip(names, counts, strict=True)), "Wer macht was bis wann")  # fmt: skip


def entry(i: int) -> b.LogEntry:
    """The i-th entry of a log: dates that moved, and a text word by word."""
    moved = (
        b.Run("Frist „"),
        b.Run("Befragung in Lübeck einführen", strong=True),
        b.Run("“ verschoben: 27.11. → 4.12.2026"),
    )
    diff = (
        b.Run("Lage: ", strong=True),
        b.Run("Inhaltlich "),
        b.Run("läuft es", change="removed"),
        b.Run(" "),
        b.Run("ein gutes Jahr", change="added"),
        b.Run(" …"),
    )
    about = (
        b.Run("Pull Request #18", link="https://ruhrblick.example/bericht"),
        b.Run(" · geprüft von Henning Vogt · "),
        b.Run("4fa33e27da", code=True),
    )
    said = (
        b.Said(moved, topic="tasks", tag="Aufgaben"),
        b.Said(T("Interne Einschätzung überarbeitet"), (diff,), "profile", "Profil"),
    )
    return b.LogEntry(f"{20 - i}.11.2026", said, BRANDT, "Endspurt, wer was bis Weihnachten tut", "Lübeck eine Woche später.", about)  # fmt: skip


LOG = b.Log(tuple(entry(i // 2) for i in range(3)), "Änderungen", ("Tag", "Was sich geändert hat", "Wer", "Warum"))  # fmt: skip


def picture(kind: Literal["png", "jpeg"], width: int, height: int, caption: str = "") -> b.Image:
    """A picture of one colour."""
    file = BytesIO()
    Picture.new("RGB", (width, height), (31, 78, 121)).save(file, kind)
    found = read_picture(file.getvalue())
    assert isinstance(found, PictureFile)
    return b.Image(found.kind, width, height, found.data, "Ein Lager mit drei Toren", caption)


NOTES = (
    b.Note(1, (b.Paragraph((b.Run("Gezählt am "), b.Run("15. Oktober", strong=True), b.Run(", siehe "), b.Run("Bericht", link="https://ruhrblick.example/zahlen"))),)),
    b.Note(2, (b.Paragraph(T("Erste Zeile der Anmerkung.")), b.Bullets(((b.Paragraph(T("ein Punkt der Anmerkung")),),)))),
)  # fmt: skip
TEXTS: tuple[b.Block, ...] = (
    b.Paragraph((b.Run("Drei Tore sind offen"), b.Run("¹", note=NOTES[0]), b.Run(", eines davon nachts"), b.Run("²", note=NOTES[1]), b.Run(" und eines wie oben"), b.Run("¹", note=NOTES[0]), b.Run("."))),
    b.Notes(NOTES),
    b.Bullets(((b.Paragraph(T("Tor eins melden")), b.Bullets(((b.Paragraph(T("Innen prüfen")),), (b.Paragraph(T("Außen prüfen")),)), done=(True, False))), (b.Paragraph(T("Tor zwei melden")),), (b.Paragraph(T("Ohne Kästchen")),)), done=(True, False, None)),
    b.Bullets(((b.Paragraph(T("Zuerst messen")),), (b.Paragraph(T("Dann mauern")),)), True, 3, (True, False)),
    picture("png", 640, 300, "Das Lager in Lübeck"),
    picture("jpeg", 60, 900),
    b.Quotation((picture("png", 640, 300),)),
)  # fmt: skip
"""What authors write beyond CommonMark's words: footnotes, boxes to tick, pictures."""
WRITTEN: tuple[b.Block, ...] = (b.Section("Vom Lager", TEXTS), b.Notes(NOTES), TEXTS[4])

BLOCKS: tuple[b.Block, ...] = (
    *PROSE,
    b.Paragraph(T("Vier von sechs Zielen sind erreicht."), "lead"),
    b.Paragraph(T("Stand 23.11.2026"), "note"),
    table(5),
    b.Facts((("Branche", b.Cell(T("Logistik"))), ("Gewinn 2025", b.Cell(T("offen"), unknown=True)), ("Verantwortlich", b.Cell(person=BRANDT)))),
    *(b.Cards(tuple(card(i) for i in range(n)), "Kennzahlen", "Knapp verfehlt: höchstens 10 % daneben.") for n in (1, 3, 6, 9)),
    b.Goals(tuple(goal(i) for i in range(4)), "Ziele", "bei Ruhrblick", "bei Nordwind", "Strich links: Ausgangswert."),
    *(chart(kind) for kind in ("line", "columns", "stacked")),
    b.Shares((b.Share("Gewonnen", 216, "216", "won"), b.Share("Angebot", 121, "121", "opportunity"), b.Share("Lücke", 284, "284", "gap"), b.Share("Wettbewerb", 82, "82", "competitor")), "Potenzial nach Stand"),
    MATRIX,
    RIBBON,
    *(timeline(n) for n in (1, 3, 5)),
    b.DatedList(tuple(dated(i) for i in range(4)), "Nächste Termine", "Keine Termine."),
    b.DatedList((), "Nächste Termine", "Derzeit keine Termine."),
    *(sides(*n) for n in ((1, 1, 0), (4, 3, 2), (7, 6, 5), (10, 10, 10))),
    b.Callout("bad", "Nachbefragung im Einkauf: ja oder nein?", "Ohne sie bleibt die Weiterempfehlung bei 29 statt 40.", "Dr. Anna Keller, bis 30. November"),
    *(b.Quotes(tuple(quote(i) for i in range(n)), "In Ihren Worten") for n in (1, 3, 5)),
    *(b.Lessons(tuple(lesson(i) for i in range(n)), ("Verfehlte Kennzahl", "Ursache", "Was wir daraus lernen", "Nächster Schritt"), "Verfehlt") for n in (1, 2, 5)),
    *(b.Decisions(tuple(decision(i) for i in range(n)), "Entscheidungen", "Entscheidet") for n in (1, 3, 6)),
    b.BigNumber("6 von 8", "Zusagen sind gehalten"),
    b.Links((b.Link("Gemeinsamer Plan", "downloads/gemeinsamer-plan.docx", "Word"),), "Zum Mitnehmen"),
    b.Filter("Thema", b.Choice("every", "Alle", 3), (b.Choice("tasks", "Aufgaben", 2), b.Choice("profile", "Profil", 1))),
    LOG,
    b.Log(tuple(replace(entry, who=None, why="", more="", about=()) for entry in LOG.items), "Änderungen", (*LOG.heads[:2], "", "")),
    b.Fold("Juni 2026 · 2 Änderungen", (LOG,)),
    b.Empty("Noch keine Risiken erfasst. Verantwortlich: M. Brandt."),
    b.Room(3),
    b.Section("Wie es weitergeht", (b.Beside(((b.Paragraph(T("Links")),), (b.Paragraph(T("Rechts")),)), (2, 1)),), "Ein Untertitel", anchor="weiter"),
    *(pictures.org(n) for n in (1, 8)), pictures.grid(8), pictures.coverage(6), pictures.strategy_map(4, 1),
    pictures.forces(5), pictures.risks(8), pictures.journey(4), pictures.journey(3, moods=False),
    *WRITTEN,
)  # fmt: skip

INTERNAL = b.Mark(
    (("internal", "Intern"),), "INTERN · nicht für den Kunden",
    "Nur für das Kundenteam. Nicht an den Kunden weitergeben.",
)  # fmt: skip
DRAFT = b.Mark(
    (("draft", "Entwurf"),), "ENTWURF · nicht freigegeben",
    "Dieser Stand ist noch nicht freigegeben.",
)  # fmt: skip
LABELS = {
    "data_as_table": "Daten als Tabelle",
    "page_of": "Seite {page} von {pages}", "table": "Tabelle", "figure": "Abbildung", "source": "Quelle", "contents": "Inhalt", "list_of_figures": "Abbildungen", "list_of_tables": "Tabellen",
    "skip": "Zum Inhalt", "search": "Suche", "actual": "Ist", "target": "Ziel", "baseline": "Ausgang", "status": "Stand",
    "goal_and_kpi": "Ziel und Kennzahl", "way": "Weg zum Zielwert", "way_share": "{share} des Weges", "bar_aid": "Der Balken zeigt den Weg.", "room": "Platz zum Schreiben", "bar_today": "Der Strich ist heute.", "expected_today": "heute erwartet", "period": "Zeitraum",
    "local_navigation": "Bereich", "continued": "({part}/{parts})", "who": "Wer", "due": "Frist", "task": "Aufgabe", "what": "Was",
    "responsible": "Verantwortlich", "confirmed": "Bestätigt", "value": "Wert", "month": "Zeit", "unknown": "offen", "goal": "Ziel",
    "milestones": "Meilensteine", "decided": "Entscheidung", "recommendation": "Empfehlung", "description": "Beschreibung",
    "footnote": "Fußnote {number}", "footnotes": "Fußnoten", "footnote_back": "zurück zum Text",
    "ticked": "erledigt", "unticked": "noch offen", "picture": "Bild",
    "imprint": "Impressum", "privacy": "Datenschutz", "help": "Hilfe", "not_found": "Diese Seite gibt es nicht.",
}  # fmt: skip
