"""Which module draws a picture on slides."""

from __future__ import annotations

from typing import assert_never

from planwerk import blocks as b
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import Draw
from planwerk.render.slides_forces import forces_plates
from planwerk.render.slides_grid import influence_plates, risk_plates
from planwerk.render.slides_journey import journey_plates
from planwerk.render.slides_map import map_plates
from planwerk.render.slides_org import org_plates


def plates(block: b.Picture, area: Area) -> list[Draw]:
    """The pages of a picture; none for one without people, stages or the like."""
    match block:
        case b.OrgChart():
            return org_plates(block, area) if block.people else []
        case b.InfluenceGrid():
            return influence_plates(block, area) if block.people else []
        case b.StrategyMap():
            return map_plates(block, area) if block.columns else []
        case b.Forces():
            return forces_plates(block, area) if block.items else []
        case b.RiskMatrix():
            return risk_plates(block, area) if block.items else []
        case b.Journey():
            return journey_plates(block, area) if block.stages else []
        case _:
            assert_never(block)
