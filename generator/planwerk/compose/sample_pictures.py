"""Small invented data for each kind of picture, in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from planwerk import blocks as b
from planwerk.words import Words

BRANDT = b.Person("Maren Brandt", "MB", "us")
KELLER = b.Person("Anna Keller", "AK", "client")


@dataclass(frozen=True)
class Sample:
    """The words, and the day that is today in the pictures."""

    words: Words
    today: date

    def __call__(self, key: str) -> str:
        """A word of the samples."""
        return self.words(f"word.{key}")

    def title(self, name: str) -> str:
        """What a picture is called."""
        return self.words(f"{name}.title")

    def status(self, level: b.Level, key: str) -> b.Status:
        """A level with its word."""
        return b.Status(level, self(key))

    @property
    def months(self) -> tuple[str, ...]:
        """The names of the months from July to December."""
        return tuple(self.words("months").split(", "))


SERIES = (40.0, 44.0, None, 50.0, 53.0, 57.0)


def cards(say: Sample) -> b.Block:
    """A figure of each state."""
    states: tuple[tuple[b.Level, str, str], ...] = (("good", "reached", "62"), ("warn", "behind", "57"), ("bad", "missed", "44"), ("open", "open", ""))  # fmt: skip
    items = tuple(
        b.Card(
            say("measured"), value or say("open"), say.status(level, key),
            target_line=say("target_line"), series=SERIES if value else (), labels=say.months,
            target=60.0, unknown=not value,
        )
        for level, key, value in states
    )  # fmt: skip
    return b.Cards(items, say.title("cards"))


def goals(say: Sample) -> b.Block:
    """One goal on its way, one that is missed."""
    items = tuple(
        b.Goal(say("survey"), say("measured"), "40", actual, "60", status, way, 0.79, BRANDT, KELLER)
        for actual, status, way in (
            ("57", say.status("warn", "behind"), 0.65),
            ("38", say.status("bad", "missed"), -0.1),
        )
    )  # fmt: skip
    return b.Goals(items, say.title("goals"), say.words("us"), say.words("client"))


def line(say: Sample) -> b.Block:
    """Values with a gap, and a target."""
    series = (b.Series(say("actual"), SERIES), b.Series(say("target"), (60.0,) * 6, "target"))
    days = tuple(date(2026, month, 15) for month in range(7, 13))
    return b.Chart("line", say("measured"), say("target_line"), say.months, series, say.words("line.how"), days=days, today=say.today)  # fmt: skip


def columns(say: Sample) -> b.Block:
    """Two kinds, stacked, with their target."""
    series = (
        b.Series(say("recurring"), (42.0, 42.0, 44.0)), b.Series(say("new"), (4.0, 6.0, 10.0), "other"),
        b.Series(say("target"), (45.0, 50.0, 55.0), "target"),
    )  # fmt: skip
    return b.Chart("stacked", say.title("columns"), say("unit"), ("Q2 26", "Q3 26", "Q4 26"), series, say.words("columns.how"), unit=say("unit"))  # fmt: skip


def shares(say: Sample) -> b.Block:
    """Won, proposed, gap, competition."""
    parts: tuple[tuple[str, int, b.CellState], ...] = (("won", 120, "won"), ("offered", 60, "opportunity"), ("gap", 90, "gap"), ("competitor", 40, "competitor"))  # fmt: skip
    return b.Shares(tuple(b.Share(say(key), value, str(value), state) for key, value, state in parts), say.title("shares"))  # fmt: skip


def matrix(say: Sample) -> b.Block:
    """Two departments, two offerings."""
    cells = (
        (b.MatrixCell("won", say("won"), "66"), b.MatrixCell("competitor", say("competitor"), "40", say("until"))),
        (b.MatrixCell("gap", say("gap"), "45"), b.MatrixCell("unknown", say("open"))),
    )  # fmt: skip
    return b.Matrix((say("survey"), say("analytics")), (say("it"), say("sales")), cells, say.title("matrix"), corner=say("department"), row_totals=("106", "45"), column_totals=("111", "40"), total="151", total_word=say("total"))  # fmt: skip


def _months(say: Sample) -> tuple[b.Event, ...]:
    return tuple(b.Event(date(2026, m, 1), name, name) for m, name in zip(range(7, 13), say.months, strict=True))  # fmt: skip


def ribbon(say: Sample) -> b.Block:
    """A period with what was agreed and what comes."""
    events = (b.Event(date(2026, 7, 3), say("agreed"), "3.7.", "done"), b.Event(date(2027, 1, 12), say("debrief"), "12.1.", "chance"))  # fmt: skip
    return b.Ribbon(date(2026, 7, 1), date(2026, 12, 31), say.today, events, _months(say), say.words("ribbon.how"), say("today"))  # fmt: skip


def timeline(say: Sample) -> b.Block:
    """A task of each kind on two sides."""
    ours = (
        b.Bar(say("step"), BRANDT.name, date(2026, 11, 2), date(2026, 12, 18), say.status("run", "running"), "18.12."),
        b.Bar(say("survey"), BRANDT.name, date(2026, 7, 20), date(2026, 9, 4), say.status("done", "done"), "4.9.", date(2026, 9, 4)),
    )  # fmt: skip
    theirs = (
        b.Bar(say("analytics"), KELLER.name, date(2026, 10, 12), date(2026, 11, 14), say.status("bad", "late"), "14.11."),
        b.Bar(say("renewal"), KELLER.name, date(2026, 12, 1), date(2026, 12, 21), say.status("plan", "planned"), "21.12."),
    )  # fmt: skip
    lanes = (b.Lane(say.words("us"), "us", ours), b.Lane(say.words("client"), "client", theirs))
    return b.Timeline(date(2026, 7, 1), date(2026, 12, 31), say.today, lanes, (), _months(say), say.title("timeline"), say.words("timeline.how"), say("today"), (say("task"), say("who"), say("due")))  # fmt: skip


def _legend(say: Sample) -> tuple[b.Status, ...]:
    return say.status("good", "in_favour"), say.status("neutral", "neutral"), say.status("bad", "against"), say.status("open", "open")  # fmt: skip


def org(say: Sample) -> b.Block:
    """Five people: influence, a conflict, one without a name."""
    good, neutral, bad, open_ = _legend(say)
    people = (
        b.OrgPerson("Anna Keller", say("chief"), good, 5), b.OrgPerson("Jonas Reuter", say("head_it"), neutral, 3, 0),
        b.OrgPerson("Petra Lindt", say("head_sales"), bad, 4, 0),
        b.OrgPerson(say("name_open"), say("purchasing"), open_, None, 0, unknown=True),
    )  # fmt: skip
    links = (b.OrgLink(2, 0, "influences", say("influences")), b.OrgLink(1, 2, "conflicts", say("conflict")))  # fmt: skip
    return b.OrgChart(people, links, say.title("org"), say.words("org.how"), _legend(say))


def grid(say: Sample) -> b.Block:
    """Three people, one of whom moved."""
    good, neutral, bad, _ = _legend(say)
    people = (
        b.Placed("Keller", 5, 1, good, 0, "Anna Keller"), b.Placed("Lindt", 4, -1, bad, None, "Petra Lindt"),
        b.Placed("Reuter", 3, 0, neutral, None, "Jonas Reuter"),
    )  # fmt: skip
    words = (say("hostile"), say("against"), say("neutral"), say("in_favour"), say("supporting"))
    return b.InfluenceGrid(people, words, (say("influence"), say("disposition")), (say("win"), say("involve")), say.title("grid"), say.words("grid.how"), say("more"), say("unplaced"))  # fmt: skip


def coverage(say: Sample) -> b.Block:
    """Two people, two of us."""
    good, neutral, *_ = _legend(say)
    trusted, vendor = b.Knows(4, 4, say("trusted")), b.Knows(1, 2, say("vendor_up"))
    rows = (
        b.CoverageRow("Anna Keller", say("chief"), b.Cell(b.text(say("growth"))), b.Cell(b.text(say("open")), unknown=True), good, (trusted, None), b.Cell(b.text(say("days")))),
        b.CoverageRow("Jonas Reuter", say("head_it"), b.Cell(b.text(say("quiet"))), b.Cell(b.text(say("open")), unknown=True), neutral, (None, vendor), b.Cell(b.text(say("days")))),
    )  # fmt: skip
    heads = (say("person"), say("wants"), say("needs"), say("disposition"), say("contact"))
    return b.Coverage(rows, ("Maren Brandt", "Selin Demir"), heads, say.title("coverage"))


def strategy_map(say: Sample) -> b.Block:
    """Two departments that are reached, one that is not."""
    good, neutral, _, open_ = _legend(say)
    reached, not_reached = say.status("done", "reached_here"), say.status("plan", "not_reached")
    step = b.MapStep(say("step"), "", say("step_by"), "step")
    way = b.MapStep(say("head_sales"), say("use_case"), say("introduces"), "way", 0)

    def space(state: b.CellState, key: str, word: str, value: float | None) -> b.MapSpace:
        return b.MapSpace(say(key), state, say(word), say("open") if value is None else f"{value:.0f}", value)  # fmt: skip

    columns = (
        b.MapColumn(say("operations"), True, reached, (b.MapPerson("Anna Keller", say("chief"), say("growth"), good, b.Knows(4, 4, say("trusted"))),), (step,), (space("won", "survey", "won", 66.0), space("opportunity", "analytics", "offered", 40.0))),
        b.MapColumn(say("it"), True, reached, (b.MapPerson("Jonas Reuter", say("head_it"), say("quiet"), neutral, b.Knows(1, 2, say("vendor_up"), say("vendor"))),), (step,), (space("competitor", "analytics", "competitor", 30.0),)),
        b.MapColumn(say("sales"), False, not_reached, (b.MapPerson(say("name_open"), say("head_sales"), say("wants_open"), open_, b.Knows(0, None, say("none")), unknown=True),), (way,), (space("gap", "survey", "gap", 45.0), space("unknown", "analytics", "open", None))),
    )  # fmt: skip
    heads = (say("reached_here"), say("not_reached"), say("people"), say("steps"), say("ways"), say("space"))  # fmt: skip
    return b.StrategyMap(columns, heads, (say("here"), say("behind_it")), _legend(say), "", say.title("map"), say.words("map.how"), say("unit"))  # fmt: skip


def forces(say: Sample) -> b.Block:
    """All five."""
    items = (
        b.ForceCard("rivalry", say("rivalry"), 4, say("rising"), "rising", say("effect")),
        b.ForceCard("buyers", say("buyers"), 4, say("rising"), "rising", say("effect")),
        b.ForceCard("suppliers", say("suppliers"), 3, say("falling"), "falling", say("effect")),
        b.ForceCard("entrants", say("entrants"), 2, say("stable"), "stable", say("effect")),
        b.ForceCard("substitutes", say("substitutes"), None, say("open"), "", say("open")),
    )
    return b.Forces(items, say.title("forces"), say.words("forces.how"))


def risks(say: Sample) -> b.Block:
    """Three, one of each weight."""
    items = (
        b.RiskMark(1, say("budget"), say.status("bad", "high"), 4, 4, say("risk")),
        b.RiskMark(2, say("sponsor"), say.status("warn", "medium"), 2, 4, say("risk")),
        b.RiskMark(3, say("delivery"), say.status("neutral", "low"), 1, 2, say("risk")),
    )
    zones = (say("high"), say("medium"), say("low"))
    return b.RiskMatrix(items, (say("probability"), say("severity")), zones, say.title("risks"), say.words("risks.how"))  # fmt: skip


def journey(say: Sample) -> b.Block:
    """Four stages, of one of which the mood is not known."""
    said = (say("aim_said"), say("pain_said"), say("touch_said"))
    happy, unhappy = say.status("good", "happy"), say.status("bad", "unhappy")
    stages = (
        b.JourneyStage(say("tender"), *said, 0, say.status("neutral", "neutral")),
        b.JourneyStage(say("start"), *said, 1, happy), b.JourneyStage(say("daily"), *said, -1, unhappy),
        b.JourneyStage(say("renewal"), *said, None, say.status("open", "open")),
    )  # fmt: skip
    return b.Journey(stages, (say("best"), say("neutral"), say("worst")), (say("aim"), say("touch"), say("pain")), say.title("journey"), say.words("journey.how"))  # fmt: skip


PICTURES: Mapping[str, Callable[[Sample], b.Block]] = {
    "cards": cards, "goals": goals, "line": line, "columns": columns, "shares": shares,
    "matrix": matrix, "ribbon": ribbon, "timeline": timeline, "org": org, "grid": grid,
    "coverage": coverage, "map": strategy_map, "forces": forces, "risks": risks,
    "journey": journey,
}  # fmt: skip
"""A picture of each kind, by the name of its words."""
