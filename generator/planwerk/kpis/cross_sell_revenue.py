"""Revenue from an offering new to a client that already buys another."""

from __future__ import annotations

from planwerk.kpis.kind import RevenueKpi

KPI = RevenueKpi("cross-sell-revenue", ("cross_sell",))
