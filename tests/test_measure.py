"""KPIs: values, series, way and status, by worked examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from conftest import PLAN, WORKSPACE, Write
from planwerk.kpis import course
from planwerk.measure import judged, measure, results, status
from planwerk.model.measured import Measured, Point
from planwerk.model.plan import Interim
from planwerk.read import read

D = Decimal


@pytest.mark.parametrize(
    ("actual", "target", "lower", "progress", "expected", "closed", "result"),
    [
        (D(40), D(40), False, D(1), D(0), False, "reached"),
        (D(7), D(8), True, D("1.1"), D(1), True, "reached"),
        (D(38), D(40), False, D("0.8"), D(1), True, "close_missed"),
        (D(30), D(40), False, D("-0.1"), D(1), True, "missed"),
        (D(36), D(40), False, D("0.70"), D("0.79"), False, "on_track"),
        (D(35), D(40), False, D("0.55"), D("0.79"), False, "close"),
        (D(32), D(40), False, D("0.10"), D("0.79"), False, "at_risk"),
        (D(38), D(40), False, None, D("0.5"), False, "close"),
        (D(20), D(40), False, None, D("0.5"), False, "at_risk"),
        (None, D(40), False, None, D("0.5"), False, "unknown"),
        (D(20), None, False, None, D("0.5"), True, "unknown"),
        (D(0), D(0), True, None, D(1), True, "reached"),
    ],
)
def test_the_status_follows_the_rule_that_the_outputs_print(
    actual: Decimal | None,
    target: Decimal | None,
    lower: bool,
    progress: Decimal | None,
    expected: Decimal,
    closed: bool,
    result: str,
) -> None:
    assert status(actual, target, lower, progress, expected, closed) == result


def result_of(workspace: Write, files: dict[str, str | bytes | None], day: date | None = None) -> Measured:  # fmt: skip
    """The first KPI of the first period of the workspace with those files."""
    portfolio = read(workspace(files), day).portfolio
    assert portfolio is not None
    return measure(portfolio).accounts[0].periods[0].results[0]


VALUES = """\
date,kpi,value,source,note,id,corrects
2026-06-30,nps,31,,,,
2026-07-31,nps,33,,,m1,
2026-08-31,nps,offen,,,,
2026-09-30,nps,29,,,m2,
2026-09-30,nps,35,,Tippfehler,m3,m2
2026-12-31,nps,50,,,,
"""


def test_the_value_is_the_last_one_up_to_the_day_with_corrections(workspace: Write) -> None:
    result = result_of(workspace, {"nordwind/measurements.csv": VALUES})
    assert result.actual == 35
    assert result.actual_on == date(2026, 9, 30)
    assert [p.value for p in result.series] == [31, 33, None, 35]
    assert result.progress == D(4) / D(9)


def test_a_value_before_the_period_is_history_and_no_actual(workspace: Write) -> None:
    result = result_of(workspace, {"nordwind/measurements.csv": VALUES}, date(2026, 7, 15))
    assert result.actual is None
    assert result.status == "unknown"
    assert [p.value for p in result.series] == [31]


def test_nothing_after_the_periods_end_counts(workspace: Write) -> None:
    result = result_of(workspace, {"nordwind/measurements.csv": VALUES + "2027-01-05,nps,99,,,,\n"}, date(2027, 2, 1))  # fmt: skip
    assert result.actual == 50
    assert result.status == "reached"


REVENUE = """\
date,kind,offering,amount,currency,id,corrects
2026-06-30,upsell,survey,1000,,,
2026-07-10,upsell,survey,2500.50,,r1,
2026-08-10,upsell,survey,-500,,,
2026-08-12,cross_sell,survey,9000,,,
2026-09-01,upsell,survey,3000,,r2,r1
"""


def test_revenue_of_a_kind_is_the_sum_within_the_period(workspace: Write) -> None:
    plan = PLAN.replace("nps", "upsell-revenue").replace("baseline: 31", "baseline: 0")
    files: dict[str, str | bytes | None] = {
        "nordwind/2026-h2/plan.md": plan,
        "nordwind/revenue.csv": REVENUE,
    }
    result = result_of(workspace, files)
    assert result.actual == 2500
    assert not result.client_may_see
    assert [(p.day.isoformat(), p.value) for p in result.series] == [
        ("2026-07-31", 0),
        ("2026-08-31", -500),
        ("2026-09-30", 2500),
        ("2026-10-31", 2500),
        ("2026-11-23", 2500),
    ]
    assert result.counted is not None
    assert [(i.log, i.lines) for i in result.counted.inputs] == [("revenue", 2)]
    assert "kpis:" in WORKSPACE


# --- interim targets -----------------------------------------------------------------------------

STEPS = PLAN.replace(
    "    target: 40\n",
    "    target: 40\n    interim:\n      - on: 2026-09-30\n        target: 39\n      - on: 2026-12-01\n        target: offen\n",
)


def test_a_plan_is_behind_an_interim_target_that_time_alone_does_not_ask_for(
    workspace: Write,
) -> None:
    files: dict[str, str | bytes | None] = {"nordwind/measurements.csv": VALUES}
    day = date(2026, 10, 1)
    assert result_of(workspace, files, day).status == "on_track"
    result = result_of(workspace, files | {"nordwind/2026-h2/plan.md": STEPS}, day)
    assert result.status == "at_risk"
    assert result.expected is not None and D(8) / D(9) < result.expected < D("0.9")
    assert [(s.on, s.target, s.value, s.status) for s in result.steps] == [
        (date(2026, 9, 30), 39, 35, "missed")
    ]


def test_before_its_first_interim_target_a_plan_is_expected_on_the_way_to_it() -> None:
    interim = [Interim.model_construct(on=date(2026, 9, 30), target=D(37))]
    way = course.expected(date(2026, 7, 1), date(2026, 12, 31), date(2026, 8, 15), D(31), D(40), interim)  # fmt: skip
    assert way == D(2) / D(3) * D(45) / D(91)


# --- direction -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "closed", "result"),
    [
        (D(12), True, "reached"),
        (D(24), True, "reached"),
        (D(18), False, "on_track"),
        (D(11), True, "close_missed"),
        (D(10), True, "missed"),
        (D(26), True, "close_missed"),
        (D(27), True, "missed"),
        (D(26), False, "close"),
        (D(30), False, "at_risk"),
        (D(6), False, "on_track"),
        (D(3), False, "close"),
        (D(2), False, "at_risk"),
        (None, False, "unknown"),
    ],
)
def test_a_value_shall_stay_between_two_bounds(
    actual: Decimal | None, closed: bool, result: str
) -> None:
    progress = None if actual is None else actual / 12
    assert judged(actual, D(12), D(24), "range", progress, D("0.5"), closed) == result


def test_what_only_informs_is_neither_good_nor_bad() -> None:
    assert judged(D(5), None, None, "info", None, D(1), True) == "info"
    assert judged(None, None, None, "info", None, D(1), True) == "unknown"


def test_too_few_is_a_status_of_its_own(workspace: Write) -> None:
    plan = PLAN.replace("kpi: nps", "kpi: csat").replace("- nps", "- csat")
    answers = "date,instrument,by,score,count\n2026-08-01,csat,client,5,4\n"
    result = result_of(workspace, {"nordwind/2026-h2/plan.md": plan, "nordwind/surveys.csv": answers})  # fmt: skip
    assert (result.status, result.actual) == ("too_few", None)
    assert result.counted is not None
    assert (result.counted.n, result.counted.minimum) == (4, 5)


# --- course --------------------------------------------------------------------------------------


def points(*values: float | None, year: int = 2026, month: int = 7) -> tuple[Point, ...]:
    """Values at the ends of months."""
    days = [last for _, last in course.months(date(year, month, 1), date(year + 1, month, 1))]
    return tuple(
        Point(day=day, value=None if value is None else D(str(value)))
        for day, value in zip(days, values, strict=False)
    )


@pytest.mark.parametrize(
    ("values", "direction", "way", "better"),
    [
        ((1, 2, 3), "higher", "up", True),
        ((1, 2, 3), "lower", "up", False),
        ((3, None, 2, 1), "lower", "down", True),
        ((100, 101, 100), "higher", "flat", None),
        ((1, 2, 3), "range", "up", None),
        ((0, 0, 0), "higher", "flat", None),
    ],
)
def test_a_trend_says_which_way(
    values: tuple[float | None, ...], direction: str, way: str, better: bool | None
) -> None:
    found = course.trend(points(*values), direction)
    assert found is not None
    assert (found.way, found.better) == (way, better)


def test_two_values_are_no_trend() -> None:
    assert course.trend(points(1, None, 3), "higher") is None


START, END = date(2026, 7, 1), date(2026, 12, 31)


def look_ahead(values: tuple[Point, ...], today: date = date(2026, 11, 23)) -> tuple[str, Decimal | None]:  # fmt: skip
    found = course.forecast(values, START, END, today, (D(0), D(100)), lambda v: "reached")
    return found.why, found.value


def test_a_forecast_goes_on_along_the_line() -> None:
    days = [date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)]
    line = tuple(Point(day=d, value=D((d - START).days) / 4) for d in days)
    why, value = look_ahead(line)
    assert why == ""
    assert value is not None and abs(value - D((END - START).days) / 4) < D("1e-20")


@pytest.mark.parametrize(
    ("values", "today", "why"),
    [
        ((1, 2, None, 3), date(2026, 11, 23), "few_values"),
        ((10, 1, 9, 2, 8), date(2026, 11, 23), "scattered"),
        ((1, 2, 3, 4), date(2027, 1, 1), "closed"),
        ((), date(2026, 11, 23), "few_values"),
    ],
)
def test_what_the_values_do_not_carry_is_not_forecast(
    values: tuple[float | None, ...], today: date, why: str
) -> None:
    assert look_ahead(points(*values), today) == (why, None)


def test_four_values_within_a_month_carry_no_forecast() -> None:
    days = [date(2026, 7, day) for day in (1, 8, 15, 22)]
    assert look_ahead(tuple(Point(day=d, value=D(d.day)) for d in days))[0] == "short"


def test_an_end_farther_ahead_than_the_values_reach_back_is_not_forecast() -> None:
    days = [date(2026, 7, 1), date(2026, 7, 20), date(2026, 8, 10), date(2026, 9, 5)]
    assert look_ahead(tuple(Point(day=d, value=D(d.toordinal())) for d in days))[0] == "far"


def test_a_sum_of_few_bookings_is_neither_a_trend_nor_a_forecast(workspace: Write) -> None:
    plan = PLAN.replace("nps", "upsell-revenue")
    result = result_of(workspace, {"nordwind/2026-h2/plan.md": plan, "nordwind/revenue.csv": REVENUE})  # fmt: skip
    assert result.trend is None
    assert result.forecast is not None
    assert (result.forecast.why, result.forecast.points) == ("few_cases", 2)


def test_a_forecast_does_not_leave_what_is_possible() -> None:
    found = course.forecast(points(60, 70, 80, 90), START, END, date(2026, 11, 1), (D(0), D(100)), lambda v: "reached")  # fmt: skip
    assert (found.value, found.limited) == (100, True)


def test_steady_values_are_forecast_though_no_line_explains_them() -> None:
    why, value = look_ahead(points(50, "50.1", 50, "50.1", 50))  # type: ignore[arg-type]
    assert why == ""
    assert value is not None and abs(value - 50) < D("0.1")


def test_missing_months_are_named(workspace: Write) -> None:
    values = "date,kpi,value\n2026-07-31,nps,33\n2026-08-31,nps,offen\n2026-10-31,nps,34\n"
    result = result_of(workspace, {"nordwind/measurements.csv": values})
    assert result.missing == (date(2026, 9, 1),)


def test_a_kpi_measured_by_quarter_misses_no_month(workspace: Write) -> None:
    values = "date,kpi,value\n2026-03-31,nps,33\n2026-06-30,nps,33\n2026-09-30,nps,34\n"
    assert result_of(workspace, {"nordwind/measurements.csv": values}).missing == ()


def test_a_changed_target_is_told_with_its_reason(workspace: Write) -> None:
    before = PLAN.replace("from: 2026-07-01\nto: 2026-12-31", "from: 2026-01-01\nto: 2026-06-30").replace("target: 40", "target: 45")  # fmt: skip
    after = PLAN.replace("goals:", "predecessor: 2026-h1\ngoals:").replace("target: 40", "target: 40\n    lowered_because: Zwei Häuser schließen")  # fmt: skip
    root = workspace({"nordwind/2026-h1/plan.md": before, "nordwind/2026-h2/plan.md": after})
    portfolio = read(root).portfolio
    assert portfolio is not None
    first, second = (p.results[0] for p in measure(portfolio).accounts[0].periods)
    assert first.change is None
    assert second.change is not None
    assert (second.change.period, second.change.before, second.change.because) == ("2026-h1", 45, "Zwei Häuser schließen")  # fmt: skip


def test_clients_get_value_target_status_and_series_and_nothing_of_how_it_came_about() -> None:
    assert Measured.released & {"counted", "trend", "forecast", "steps", "change", "missing"} == set()  # fmt: skip


def test_a_house_kpi_takes_the_place_of_one_of_the_catalogue(workspace: Write) -> None:
    """`nps` of the house is measured, though the catalogue counts one of that name."""
    result = result_of(workspace, {"nordwind/measurements.csv": VALUES})
    assert result.counted is None


def test_what_only_the_status_is_asked_of_has_the_same_status(workspace: Write) -> None:
    """Checks look at status alone: what leads nowhere else is not worked out for them."""
    plan = STEPS + "\n"
    files: dict[str, str | bytes | None] = {
        "nordwind/measurements.csv": VALUES,
        "nordwind/revenue.csv": REVENUE,
        "nordwind/2026-h2/plan.md": plan.replace("  - kpi: nps\n", "  - kpi: upsell-revenue\n    target: 9000\n  - kpi: nps\n"),
    }  # fmt: skip
    portfolio = read(workspace(files)).portfolio
    assert portfolio is not None
    account = portfolio.accounts[0]
    whole, quick = (results(portfolio, account, account.periods[0], ahead) for ahead in (True, False))  # fmt: skip
    told = ("kpi", "status", "actual", "actual_on", "progress", "expected", "counted", "change")
    assert [[getattr(r, name) for name in told] for r in whole] == [[getattr(r, name) for name in told] for r in quick]  # fmt: skip
    assert [len(r.series) for r in quick] == [1, 1]
    assert all(r.forecast is None and r.trend is None for r in quick)
