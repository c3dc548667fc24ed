"""Calls that were taken, voicemail included, by calls placed."""

from __future__ import annotations

from planwerk.kpis.contacts import sharing
from planwerk.kpis.kind import Kpi

KPI = Kpi(
    "call-connect-rate",
    "percent",
    "higher",
    sharing("call", "connected"),
    needs=("interactions",),
    source="convoso, sarv: answered calls including voicemail / calls placed x 100",
    unknown_when=("no_log", "not_told", "nothing_to_divide"),
    scale=100,
    minimum=5,
)
