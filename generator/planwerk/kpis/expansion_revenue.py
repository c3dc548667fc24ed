"""Revenue from more than the client had: upsell and cross-sell together."""

from __future__ import annotations

from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import EXPANSION, REASONS, of_kinds

KPI = Kpi(
    "expansion-revenue",
    "EUR",
    "higher",
    of_kinds(EXPANSION),
    needs=("revenue",),
    source="Expansion types of customer-success practice: seats, tiers, modules, departments",
    unknown_when=REASONS,
    running=True,
)
