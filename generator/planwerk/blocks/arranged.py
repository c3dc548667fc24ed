"""How blocks stand together, and what a block is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from planwerk.blocks.changes import Empty, Filter, Fold, Log, Room
from planwerk.blocks.figures import Cards, Chart, Goals, Matrix, Shares
from planwerk.blocks.pictures import (
    Coverage,
    Forces,
    InfluenceGrid,
    Journey,
    OrgChart,
    RiskMatrix,
    StrategyMap,
)
from planwerk.blocks.plans import (
    BigNumber,
    Callout,
    DatedList,
    Decisions,
    Lessons,
    Links,
    Quotes,
    Ribbon,
    Sides,
    Timeline,
)
from planwerk.blocks.prose import (
    Break,
    Bullets,
    Code,
    Heading,
    Image,
    Notes,
    Paragraph,
    Quotation,
)
from planwerk.blocks.tables import Facts, Table
from planwerk.blocks.words import Source


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading with one muted line; `quiet` sections are secondary."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    quiet: bool = False
    anchor: str = ""
    source: Source | None = None
    """Where it was written, where it is one thing of the plans: a meeting, a review."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Sections side by side where there is room, in these proportions; else one after another."""

    parts: tuple[tuple[Block, ...], ...]
    weights: tuple[int, ...]


Block: TypeAlias = (
    Paragraph | Heading | Bullets | Quotation | Code | Break | Image | Notes
    | Table | Facts | Cards | Goals | Chart | Shares | Matrix
    | Ribbon | Timeline | DatedList | Sides | Callout | Quotes | Lessons | Decisions
    | BigNumber | Links | Log | Filter | Fold | Empty | Room | Section | Beside
    | OrgChart | InfluenceGrid | Coverage | StrategyMap | Forces | RiskMatrix | Journey
)  # fmt: skip

Picture: TypeAlias = OrgChart | InfluenceGrid | StrategyMap | Forces | RiskMatrix | Journey
"""Blocks that are drawn, and said as a list where nothing can be drawn."""
