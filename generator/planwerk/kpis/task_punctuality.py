"""Tasks done by the day they were due by all that were due, of all sides."""

from __future__ import annotations

from planwerk.kpis.kind import Kpi
from planwerk.kpis.tasks import punctual

KPI = Kpi(
    "task-punctuality",
    "percent",
    "higher",
    punctual("ours", "client", "partners"),
    needs=("tasks",),
    source="Tasks done by due / tasks due x 100, by side",
    unknown_when=("no_log", "nothing_to_divide"),
    scale=100,
    minimum=3,
    clients=True,
)
