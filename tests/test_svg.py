"""The portal's pictures: names of marks never stand on one another."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwerk import blocks as b
from planwerk.render import slides_chart, svg
from planwerk.render.measure import on_screen
from planwerk.theme import load_theme

LABELS = {"decimal": ",", "group": ".", "unknown": "offen"}
TEXT = re.compile(r'<text x="([\d.]+)" y="([\d.]+)"([^>]*)>([^<]*)</text>')


def spans(drawn: str, row: str) -> list[tuple[float, float]]:
    """From where to where the texts of one row reach, in the font of the portal."""
    found = []
    for x, y, how, words in TEXT.findall(drawn):
        if y == row:
            wide = on_screen(words, 12)
            begin = float(x) - (wide / 2 if "middle" in how else wide if "end" in how else 0)
            found.append((begin, begin + wide))
    return sorted(found)


def apart(found: list[tuple[float, float]]) -> bool:
    return all(one[1] <= other[0] for one, other in itertools.pairwise(found))


STILL = (100.0, 0.0, 1.0, 25.0, -40.0, 1e-9, 99.9, 1e12, 0.3, 1_000_000.0)


@pytest.mark.parametrize("value", STILL)
@pytest.mark.parametrize("count", [1, 3])
def test_a_figure_that_never_moves_has_an_axis(value: float, count: int) -> None:
    """Reached, and on a round value: the axis once had one line alone, and the build ended."""
    lines = (b.Series("Ist", (value,) * count), b.Series("Ziel", (value,) * count, "target"))
    names = ("Jan", "Feb", "Mär")[:count]
    drawn = svg.chart(b.Chart("line", "x", "y", names, lines, "z"), LABELS)
    heights = {
        float(y) for _, y, how, _ in TEXT.findall(drawn.partition(" <svg")[0]) if "end" in how
    }
    assert len(heights) >= 2
    low, high = slides_chart.axis_limits(b.Chart("line", "x", "y", names, lines, "z"), load_theme())
    assert low <= value <= high
    assert low < high


@given(st.lists(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)), min_size=1, max_size=6))
def test_every_axis_reaches_around_its_values(values: list[float]) -> None:
    ticks = svg._ticks(min(values), max(values))
    assert len(ticks) >= 2
    near = 1e-6 * max(1, *map(abs, values))
    assert ticks[0] - near <= min(values) <= max(values) <= ticks[-1] + near


def test_the_days_of_close_values_do_not_stand_on_one_another() -> None:
    days = tuple(date(2026, 1, 31) + timedelta(d) for d in (0, 60, 120, 180, 240, 257, 273, 283))
    values = tuple(float(i) for i in range(len(days)))
    names = tuple(f"{d.day}.{d.month}." for d in days)
    block = b.Chart("line", "x", "y", names, (b.Series("Ist", values),), "z", days=days)
    wide = svg.chart(block, LABELS).partition(" <svg")[0]
    found = spans(wide, "256")
    assert len(found) >= 5
    assert apart(found)
    assert names[-1] in wide


def test_the_name_of_a_milestone_leaves_the_next_one_to_be_seen() -> None:
    start, end = date(2026, 7, 1), date(2026, 12, 31)
    marks = tuple(
        b.Event(day, "One hundred stores live", f"{day.day} Dec")
        for day in (date(2026, 12, 1), date(2026, 12, 14))
    )
    block = b.Timeline(start, end, date(2026, 11, 23), (), marks, (), "x", "y", "today")
    drawn = svg.timeline(block)
    at = [float(x) + 5.5 for x in re.findall(r"translate\(([\d.]+) 44.5\)", drawn)]
    assert len(at) == 2
    named = spans(drawn, "54")
    assert named
    assert all(x + 6 <= begin or x - 6 >= finish for x in at for begin, finish in named)


def task(name: str, start: date, due: date, level: b.Level, *waits_for: str) -> b.Bar:
    """A task on a timeline that waits for others."""
    return b.Bar(name, "Wer", start, due, b.Status(level, level), "1.1.", None, "", name, waits_for)


def test_an_elbow_leads_from_what_a_task_waits_for_to_its_own_bar() -> None:
    bars = (
        task("first", date(2026, 7, 6), date(2026, 8, 14), "done"),
        task("late", date(2026, 10, 5), date(2026, 11, 13), "bad"),
        task("second", date(2026, 9, 1), date(2026, 10, 1), "done", "first"),
        task("held", date(2026, 10, 20), date(2026, 12, 4), "warn", "late", "nowhere"),
    )
    lane = b.Lane("Wir", "us", bars)
    block = b.Timeline(date(2026, 7, 1), date(2026, 12, 31), date(2026, 11, 23), (lane,), (), (), "x", "y", "today")  # fmt: skip
    drawn = svg.timeline(block)
    heads = re.findall(r'<polygon points="[^"]+" fill="([^"]+)"/>', drawn)
    assert heads == ["var(--pw-edge)", "var(--pw-bad)"]  # what is held up is drawn over the rest
    bare = replace(block, lanes=(replace(lane, bars=tuple(replace(bar, waits_for=()) for bar in bars)),))  # fmt: skip
    assert "<polygon" not in svg.timeline(bare)


def test_the_name_of_a_task_is_never_cut_short() -> None:
    name = "Auftragsverarbeitungsvereinbarung um die Kunden-App und zwei Dienste ergänzen"
    lane = b.Lane("Wir", "us", (task(name, date(2026, 7, 6), date(2026, 8, 14), "run"),))
    block = b.Timeline(date(2026, 7, 1), date(2026, 12, 31), date(2026, 11, 23), (lane,), (), (), "x", "y", "today")  # fmt: skip
    words = " ".join(re.findall(r"<text[^>]*>([^<]+)</text>", svg.timeline(block)))
    assert name in words.replace("- ", "-")
    assert "…" not in words


def test_a_forecast_is_drawn_to_the_day_it_is_for_and_not_as_if_it_were_measured() -> None:
    days = tuple(date(2026, month, 15) for month in range(7, 12))
    values = (10.0, 11.0, None, 13.0, 14.0)
    lines = (b.Series("Ist", values), b.Series("Ziel", (16.0,) * 5, "target"))
    block = b.Chart("line", "x", "y", ("Jul", "Aug", "Sep", "Okt", "Nov"), lines, "z", days=days)
    ahead = replace(block, ahead=b.Ahead(date(2026, 12, 31), "31.12.", "Vorhersage", 15.2))
    wide, plain = (svg.chart(one, LABELS).partition(" <svg")[0] for one in (ahead, block))
    assert "Vorhersage 15" in wide
    assert "31.12." in wide
    assert wide.count('stroke-dasharray="1.5 4"') == 1
    assert wide.count('r="2.6"') == plain.count('r="2.6"') == 4  # what was measured, no more
    assert apart(spans(wide, "256"))
