"""Pictures with as many items as a test asks for, with long German words among them; invented."""

from __future__ import annotations

from typing import Literal

from planwerk import blocks as b

T = b.text
LONG = "Kundenzufriedenheitsbefragungsergebnisübersicht"
NAMES = ("Dr. Anna Keller", "Amina Yildiz", "Beata Wiśniewska-Oberhauser", "Jonas Reuter", "Freiherr Maximilian von Donaudampfschifffahrt", "Petra Lindt", LONG, "Uwe Brack")  # fmt: skip
TITLES = ("CIO", "Geschäftsführerin Technik und Service", "Leiterin Ersatzteilvertrieb", "Leiter IT-Betrieb und Arbeitsplatzinfrastruktur Deutschland, Österreich, Schweiz", "", "Strategische Einkäuferin", LONG, "Leiter Disposition")  # fmt: skip
STANDS: tuple[b.Status, ...] = (b.Status("good", "fördernd"), b.Status("neutral", "neutral"), b.Status("bad", "kritisch"), b.Status("open", "offen"))  # fmt: skip
UNREACHED = b.Status("plan", "nicht erreicht")
REACHED = b.Status("done", "erreicht")


def org_person(i: int, boss: int | None) -> b.OrgPerson:
    """The i-th person; every seventh has no name yet."""
    unknown = i % 7 == 6
    return b.OrgPerson("Name offen" if unknown else NAMES[i % 8], TITLES[i % 8], STANDS[i % 4], None if unknown else 1 + i % 5, boss, unknown, "fördernd, Einfluss 4 von 5")  # fmt: skip


def org(count: int, shape: str = "tree", wide: bool | None = None) -> b.OrgChart:
    """A chart of so many people: tree, star, chain, circle, orphans (their bosses are missing)."""
    bosses: dict[str, list[int | None]] = {
        "tree": [None if i == 0 else (i - 1) // 3 for i in range(count)],
        "star": [None if i == 0 else 0 for i in range(count)],
        "chain": [None if i == 0 else i - 1 for i in range(count)],
        "circle": [(i + 1) % count for i in range(count)],
        "orphans": [count + i if i % 2 else None for i in range(count)],
    }
    people = tuple(org_person(i, boss) for i, boss in enumerate(bosses[shape]))
    kinds: tuple[Literal["influences", "conflicts"], ...] = ("influences", "influences", "conflicts")  # fmt: skip
    links = tuple(
        b.OrgLink(i, (i * 5 + 3) % count, kinds[i % 3], "Konflikt" if i % 3 == 2 else "beeinflusst")
        for i in range(0, count, 3)
        if (i * 5 + 3) % count != i
    )
    return b.OrgChart(people, links, "Organigramm", "Wer an wen berichtet.", STANDS, count > 10 if wide is None else wide)  # fmt: skip


def grid(count: int, crowded: bool = False) -> b.InfluenceGrid:
    """A grid of so many people, some of whom moved; crowded ones all stand in one cell."""
    people = tuple(
        b.Placed(NAMES[i % 8].split()[-1], 4 if crowded else 1 + i % 5, 1 if crowded else (i * 3) % 5 - 2, STANDS[i % 3], (i * 2) % 5 - 2 if i % 3 == 0 and not crowded else None, NAMES[i % 8], "Einfluss 4 von 5")
        for i in range(count)
    )  # fmt: skip
    return b.InfluenceGrid(people, ("ablehnend", "kritisch", "neutral", "zugewandt", "fördernd"), ("Einfluss", "Haltung"), ("gewinnen", "einbinden"), "Einfluss und Haltung", "Wer wo steht.", "+ {count} weitere", "Haltung offen: Tessa Holm")  # fmt: skip


def knows(i: int) -> b.Knows:
    """One of the levels, with a wish above it."""
    words = ("kein Kontakt → glaubwürdig", "Anbieter → glaubwürdig", "glaubwürdig", "Problemlöser → vertraut", "vertraut")  # fmt: skip
    return b.Knows(i % 5, min(4, i % 5 + 1), words[i % 5])


def coverage(count: int) -> b.Coverage:
    """The matrix for so many people, two of us."""
    rows = tuple(
        b.CoverageRow(NAMES[i % 8], TITLES[i % 8], b.Cell(T("Ruhe im Betrieb")), b.Cell(T("offen"), unknown=True), STANDS[i % 4], (knows(i), None if i % 2 else knows(i + 2)), b.Cell(status=b.Status("bad", "61 Tage")))
        for i in range(count)
    )  # fmt: skip
    return b.Coverage(rows, ("Maren Brandt", "Selin Demir"), ("Person", "will", "braucht", "Haltung", "Letzter Kontakt"), "Wer kennt wen", "· heißt: niemand hat etwas eingetragen.")  # fmt: skip


def map_person(i: int) -> b.MapPerson:
    """The i-th person of a department."""
    return b.MapPerson("Name offen" if i % 5 == 4 else NAMES[i % 8], TITLES[i % 8], "„Niederlassungen vergleichen, ohne jemanden an den Pranger zu stellen“", STANDS[i % 4], knows(i), i % 5 == 4)  # fmt: skip


def column(i: int, people: int, reached: bool) -> b.MapColumn:
    """The i-th department."""
    names = ("IT", "Betrieb und Niederlassungen", "Einkauf", LONG, "Kundenservice", "Vertrieb International")  # fmt: skip
    states: tuple[b.CellState, ...] = ("won", "at_risk", "opportunity", "competitor", "gap", "idea")
    spaces = tuple(
        b.MapSpace(("Befragung", LONG, "Auswertung")[k % 3], states[(i + k) % 6], "bis 12/26", f"{12 * k + 6}" if k % 4 else "", 12.0 * k + 6 if k % 4 else None)
        for k in range(1 + i % 5)
    )  # fmt: skip
    if reached:
        steps: tuple[b.MapStep, ...] = (b.MapStep("Vergleich mit dem Wettbewerber in Gesamtkosten vorlegen", "", "bis 18.12., Selin Demir", "step"),)  # fmt: skip
    else:
        steps = tuple(
            b.MapStep("Leitung Bestandskundenvertrieb", "Abwanderungsgefahr aus offenen Antworten erkennen, bevor der Rahmenvertrag ausläuft", "Dr. Anna Keller stellt vor", "way", k)
            for k in range(1 + i % 3)
        )  # fmt: skip
    return b.MapColumn(names[i % 6], reached, REACHED if reached else UNREACHED, tuple(map_person(k) for k in range(people)), steps, spaces, "+ 3 weitere Personen" if i == 1 else "")  # fmt: skip


def strategy_map(columns: int, people: int = 2) -> b.StrategyMap:
    """So many departments, the first half of them reached."""
    return b.StrategyMap(
        tuple(column(i, (people + i) % (people + 1), i < (columns + 1) // 2) for i in range(columns)),
        ("Erreicht", "Noch nicht erreicht", "Menschen und was sie wollen", "Nächster Schritt in der Beziehung", "Wege hinein", "Weiße Flecken dahinter, Tsd. EUR je Jahr; Höhe = Wert"),
        ("vier Bereiche, sechs Menschen", "drei Bereiche, 179 Tsd. EUR dahinter"), STANDS, "Rote Linie: Vorstellung durch",
        "Kundenstrategiekarte", "Vier Bereiche sind erreicht, drei nicht.",
    )  # fmt: skip


KINDS: tuple[Literal["rivalry", "suppliers", "buyers", "entrants", "substitutes"], ...] = ("rivalry", "buyers", "suppliers", "entrants", "substitutes")  # fmt: skip


def forces(count: int) -> b.Forces:
    """The first `count` forces; the third is not judged."""
    names = ("Wettbewerb in der Branche", "Macht der Abnehmer", "Macht der Lieferanten", "Neue Anbieter", "Ersatzleistungen")  # fmt: skip
    trends: tuple[Literal["rising", "stable", "falling", ""], ...] = ("rising", "stable", "", "falling", "rising")  # fmt: skip
    return b.Forces(
        tuple(
            b.ForceCard(KINDS[i], names[i], None if i == 2 else 5 - i, "offen" if i == 2 else f"{5 - i} von 5, zunehmend", trends[i], f"Ein zweiter Einsatz kostet im Mittel 1.150 Euro und einen Abzug, sagt die {LONG}")
            for i in range(count)
        ),
        "Fünf Kräfte", "Am stärksten wirkt die Rivalität.",
    )  # fmt: skip


def risks(count: int, crowded: bool = False) -> b.RiskMatrix:
    """So many risks."""
    items = tuple(
        b.RiskMark(i + 1, ("Wettbewerber", "Entscheidung im Konzern", "Nutzung")[i % 3], STANDS[2], 4 if crowded else 1 + i % 5, 3 if crowded else 1 + (i * 2) % 5, "Das Budget wird erst im Januar bestätigt.")
        for i in range(count)
    )  # fmt: skip
    return b.RiskMatrix(items, ("Wahrscheinlichkeit", "Schwere"), ("hoch", "mittel", "gering"), "Risiken", "Zwei Risiken sind hoch.", "Nicht eingeschätzt: 4")  # fmt: skip


def journey(count: int, moods: bool = True) -> b.Journey:
    """So many stages, every fourth with a mood that nobody knows."""
    words = ("sehr unzufrieden", "unzufrieden", "neutral", "zufrieden", "sehr zufrieden")
    stages = tuple(
        b.JourneyStage(("Ausschreibung", "Anlauf", LONG, "Tagesgeschäft")[i % 4], "Drei belastbare Angebote, die sich vergleichen lassen", "Rückfragen dauern länger als die Angebotsfrist erlaubt", "Portal des Einkaufs, Rückfragen an die Disposition", *((None, b.Status("open", "offen")) if i % 4 == 2 else (i % 5 - 2, b.Status("good", words[i % 5]))))
        for i in range(count)
    )  # fmt: skip
    return b.Journey(stages, ("sehr zufrieden", "neutral", "sehr unzufrieden") if moods else None, ("Was der Kunde will", "Berührungspunkte", "Wo es hakt"), "Kundenreise", "Vier Stufen.")  # fmt: skip


PICTURES: tuple[b.Picture, ...] = (
    *(org(n) for n in (0, 1, 8, 40)),
    *(org(n, shape) for n in (8, 40) for shape in ("star", "chain", "circle", "orphans")),
    *(grid(n) for n in (0, 1, 8, 40)),
    grid(40, crowded=True),
    *(strategy_map(n, people) for n, people in ((0, 0), (1, 1), (2, 3), (4, 1), (7, 2), (8, 4), (12, 4))),
    *(forces(n) for n in (0, 1, 3, 5)),
    *(risks(n) for n in (0, 1, 8, 40)),
    risks(40, crowded=True),
    *(journey(n, moods) for n in (0, 1, 4, 8, 40) for moods in (True, False)),
)  # fmt: skip
"""Every picture with none, one, as many as usual and very many items."""


def name(block: b.Picture) -> str:
    """What a test of it is called."""
    count = len(getattr(block, next(f for f in ("people", "columns", "items", "stages") if hasattr(block, f) and not isinstance(getattr(block, f), str)), ()))  # fmt: skip
    return f"{type(block).__name__}-{count}"
