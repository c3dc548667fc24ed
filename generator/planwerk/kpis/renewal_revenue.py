"""Revenue from contracts renewed in the period."""

from __future__ import annotations

from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import REASONS, of_kinds

KPI = Kpi(
    "renewal-revenue",
    "EUR",
    "higher",
    of_kinds(("renewal",)),
    needs=("revenue",),
    source="Key-account practice: won value by kind of revenue in the period",
    unknown_when=REASONS,
    running=True,
)
