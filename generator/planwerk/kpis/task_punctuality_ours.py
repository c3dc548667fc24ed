"""Our own tasks done by the day they were due by all of ours that were due."""

from __future__ import annotations

from planwerk.kpis.kind import Kpi
from planwerk.kpis.tasks import punctual

KPI = Kpi(
    "task-punctuality-ours",
    "percent",
    "higher",
    punctual("ours"),
    needs=("tasks",),
    source="Tasks done by due / tasks due x 100, by side",
    unknown_when=("no_log", "nothing_to_divide"),
    scale=100,
    minimum=3,
    clients=True,
)
