"""Revenue from more of what the client already has: seats, volume, a higher tier."""

from __future__ import annotations

from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import REASONS, of_kinds

KPI = Kpi(
    "upsell-revenue",
    "EUR",
    "higher",
    of_kinds(("upsell",)),
    needs=("revenue",),
    source="Key-account practice: won value by kind of revenue in the period",
    unknown_when=REASONS,
    running=True,
)
