"""Revenue from more of what the client already has: seats, volume, a higher tier."""

from __future__ import annotations

from planwerk.kpis.kind import RevenueKpi

KPI = RevenueKpi("upsell-revenue", ("upsell",))
