"""Replies that lead further by all replies; not by all who were written to."""

from __future__ import annotations

from planwerk.kpis.contacts import sharing
from planwerk.kpis.kind import Kpi

KPI = Kpi(
    "positive-reply-rate",
    "percent",
    "higher",
    sharing("email", "positive", "answered"),
    needs=("interactions",),
    source="zikrainfotech: positive replies / all replies x 100",
    unknown_when=("no_log", "not_told", "nothing_to_divide"),
    scale=100,
    minimum=5,
)
