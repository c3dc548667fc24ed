"""Revenue from an offering new to a client that already buys another."""

from __future__ import annotations

from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import REASONS, of_kinds

KPI = Kpi(
    "cross-sell-revenue",
    "EUR",
    "higher",
    of_kinds(("cross_sell",)),
    needs=("revenue",),
    source="Key-account practice: won value by kind of revenue in the period",
    unknown_when=REASONS,
    running=True,
)
