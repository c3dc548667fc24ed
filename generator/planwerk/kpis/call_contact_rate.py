"""Calls that became a conversation by calls placed."""

from __future__ import annotations

from planwerk.kpis.contacts import sharing
from planwerk.kpis.kind import Kpi

KPI = Kpi(
    "call-contact-rate",
    "percent",
    "higher",
    sharing("call", "answered"),
    needs=("interactions",),
    source="sarv: live conversations / calls placed x 100",
    unknown_when=("no_log", "not_told", "nothing_to_divide"),
    scale=100,
    minimum=5,
)
