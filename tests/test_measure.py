"""KPIs: values, series, way and status, by worked examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from conftest import PLAN, WORKSPACE, Write
from planwerk.measure import measure, status
from planwerk.model.plan import Measured
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
    assert [p.value for p in result.series] == [-500, 2500]
    assert "kpis:" in WORKSPACE
