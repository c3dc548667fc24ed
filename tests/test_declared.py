"""KPIs that a house declares itself: counted or added up from a log, where conditions hold."""

from __future__ import annotations

import pytest

from conftest import PLAN, WORKSPACE, Write
from planwerk.audience import CLIENT, project
from planwerk.checks import check
from planwerk.measure import measure
from planwerk.model.measured import Measured
from planwerk.read import read

CONTACTS = """\
date,channel,direction,strategic,count,answered
2026-06-30,call,out,ja,9,9
2026-07-31,email,out,ja,18,12
2026-08-04,call,out,ja,2,1
2026-08-05,call,out,nein,5,1
2026-08-06,meeting,in,ja,1,1
2026-08-07,call,in,ja,4,
"""
LOGS: dict[str, str | bytes | None] = {
    "nordwind/interactions.csv": CONTACTS,
    "nordwind/revenue.csv": "date,kind,offering,amount\n2026-08-01,upsell,survey,10.50\n2026-08-02,new,survey,100\n2026-08-03,upsell,,7\n",
    "nordwind/surveys.csv": "date,instrument,by,score,count\n2026-08-01,nps,client,10,3\n2026-08-01,nps,client,9,2\n2026-08-01,nps,us,10,50\n",
    "nordwind/opportunities.csv": "id,offering,opened,closed,outcome,value\na,survey,2026-07-02,2026-08-01,won,30\nb,survey,2026-07-02,,open,5\nc,survey,2026-01-02,,open,500\n",
    "training.csv": "date,who,topic,planned,done\n2026-08-01,brandt,A,ja,ja\n2026-08-01,brandt,B,ja,nein\n2026-08-01,vogt,C,ja,ja\n",
}


def result_of(workspace: Write, declared: str, more: str = "    unit: count\n") -> Measured:
    house = WORKSPACE + f"  - id: own\n    name: Eigene\n{more}{declared}"
    plan = PLAN.replace("kpi: nps", "kpi: own").replace("- nps", "- own")
    reading = read(workspace({**LOGS, "workspace.yml": house, "nordwind/2026-h2/plan.md": plan}))
    assert reading.portfolio is not None
    assert reading.problems == []
    return measure(reading.portfolio).accounts[0].periods[0].results[0]


def where(*conditions: str) -> str:
    return "    where:\n" + "".join(f"      - {c}\n" for c in conditions)


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        ("    count: interactions\n", 30),
        ("    count: interactions\n" + where("channel: call", "strategic: ja"), 6),
        ("    count: interactions\n" + where("channel: call", "channel: meeting", "strategic: yes"), 7),
        ("    count: interactions\n" + where("channel: call", "direction: in"), 4),
        ("    sum: interactions\n    of: answered\n" + where("channel: email"), 12),
        ("    sum: interactions\n    of: answered\n" + where("channel: call"), None),
        ("    count: revenue\n" + where("kind: upsell"), 2),
        ("    sum: revenue\n" + where("kind: upsell", "offering: survey"), "10.50"),
        ("    sum: revenue\n" + where("kind: upsell", "kind: new"), "117.50"),
        ("    count: surveys\n" + where("instrument: nps", "by: client", "score: 10"), 3),
        ("    sum: opportunities\n" + where("outcome: won"), 30),
        ("    sum: opportunities\n" + where("outcome: open"), 5),
        ("    count: training\n" + where("done: ja"), 1),
    ],
)  # fmt: skip
def test_cases_are_counted_and_columns_added_up(
    workspace: Write, declared: str, value: int | str | None
) -> None:
    result = result_of(workspace, declared)
    assert result.counted is not None
    found = None if result.actual is None else str(result.actual)
    assert found == (None if value is None else str(value)), result.counted


def test_it_begins_at_nothing_and_is_measured_against_time(workspace: Write) -> None:
    result = result_of(workspace, "    count: interactions\n", "    unit: count\n    direction: higher\n")  # fmt: skip
    assert (result.baseline, result.target) == (31, 40)
    assert result.status in ("on_track", "close", "at_risk")


@pytest.mark.parametrize(
    ("declared", "rule", "line", "nearest"),
    [
        ("    count: interactions\n" + where("chanel: call"), "unknown-key", 29, "channel"),
        ("    count: interactions\n" + where("channel: cal"), "unknown-word", 29, "call"),
        ("    count: interaction\n", "unknown-word", 27, "interactions"),
        ("    count: interactions\n" + where("kind: upsell"), "kpi-not-countable", 29, ""),
        ("    count: revenue\n" + where("offering: survy"), "unknown-reference", 29, "survey"),
        ("    sum: revenue\n    of: answered\n", "kpi-not-countable", 28, ""),
        ("    count: interactions\n    of: answered\n", "kpi-not-countable", 28, ""),
        ("    sum: training\n", "kpi-not-countable", 27, ""),
        ("    count: revenue\n    sum: revenue\n", "kpi-not-countable", 28, ""),
        (where("channel: call"), "kpi-not-countable", 28, ""),
        ("    count: interactions\n    share: client\n", "never-shared", 28, ""),
    ],
)
def test_a_slip_is_found_at_its_place(
    workspace: Write, declared: str, rule: str, line: int, nearest: str
) -> None:
    house = WORKSPACE + f"  - id: own\n    name: Eigene\n{declared}"
    problems = check(read(workspace({"workspace.yml": house})))
    (problem,) = (p for p in problems if p.rule == rule)
    assert (problem.place.path.name, problem.place.line) == ("workspace.yml", line)
    if nearest:
        assert problem.facts["nearest"] == nearest


def test_what_we_count_of_a_client_it_never_sees(workspace: Write) -> None:
    house = (
        WORKSPACE + "  - id: own\n    name: Eigene\n    count: interactions\n    share: client\n"
    )
    plan = PLAN.replace("  - kpi: nps\n", "  - kpi: own\n    share: client\n  - kpi: nps\n    share: client\n")  # fmt: skip
    files = {**LOGS, "workspace.yml": house, "nordwind/2026-h2/plan.md": plan}
    portfolio = read(workspace(files)).portfolio
    assert portfolio is not None
    seen = project(measure(portfolio), CLIENT, "nordwind")
    assert [kpi.id for kpi in seen.workspace.kpis] == ["nps"]
    assert [result.kpi for result in seen.accounts[0].periods[0].results] == ["nps"]
    assert [kpi.kpi for kpi in seen.accounts[0].periods[0].plan.kpis] == ["nps"]


def test_of_the_catalogue_clients_see_only_what_is_for_them(workspace: Write) -> None:
    """Two keys: the catalogue says whether a client may ever see it, and the plan shares it."""
    plan = PLAN.replace(
        "  - kpi: nps\n",
        "  - kpi: csat\n    target: 80\n    share: client\n  - kpi: ces\n    target: 5\n"
        "  - kpi: email-reply-rate\n    target: 60\n    share: client\n  - kpi: nps\n",
    )
    answers = (
        "date,instrument,by,score,count\n2026-08-01,csat,client,5,40\n2026-08-01,ces,client,5,40\n"
    )
    root = workspace({**LOGS, "nordwind/2026-h2/plan.md": plan, "nordwind/surveys.csv": answers})
    reading = read(root)
    assert reading.portfolio is not None
    assert [p.facts["found"] for p in check(reading) if p.rule == "never-shared"] == ["email-reply-rate"]  # fmt: skip
    (result,) = project(measure(reading.portfolio), CLIENT, "nordwind").accounts[0].periods[0].results  # fmt: skip
    assert (result.kpi, result.actual, result.status) == ("csat", 100, "reached")
    assert [p.value for p in result.series] == [100] * 4
    assert result.counted is None and result.trend is None and result.forecast is None
    assert result.steps == () and result.missing == () and result.change is None
