"""Replies by e-mails delivered. Not by e-mails opened: openings cannot be counted reliably."""

from __future__ import annotations

from planwerk.kpis.contacts import sharing
from planwerk.kpis.kind import Kpi

KPI = Kpi(
    "email-reply-rate",
    "percent",
    "higher",
    sharing("email", "answered"),
    needs=("interactions",),
    source="beeving.com: people replying / e-mails delivered x 100",
    unknown_when=("no_log", "not_told", "nothing_to_divide"),
    scale=100,
    minimum=10,
)
