"""What was drawn for a slide 19.05 cm high, for one of another height: lengths and type alike.

PowerPoint does the same where somebody changes the size of slides. Type keeps half points and gets
none too large: at 12.81 pt programs draw words up to a hundredth wider than they are, and a line that
was measured to its end breaks.
"""

from __future__ import annotations

import re

TAG = re.compile(r"<[acp]:[^>]*>")
LENGTH = re.compile(
    r' (x|y|cx|cy|w|h|sz|spc|marL|marR|marT|marB|indent|lIns|rIns|tIns|bIns)="(-?\d+)"'
)
HALF = 50
"""Half a point, in hundredths of one."""
POINTS = re.compile(r'(<a:spcPts val=")(\d+)"')


def scaled(xml: str, scale: float) -> str:
    """The XML of a slide or a chart with all lengths and sizes of type times `scale`."""
    if scale == 1.0:
        return xml

    def length(found: re.Match[str]) -> str:
        size = int(int(found[2]) * scale)
        return f' {found[1]}="{size // HALF * HALF if found[1] == "sz" else size}"'

    def tag(found: re.Match[str]) -> str:
        words = found[0]
        if words.startswith("<a:spcPts"):
            return POINTS.sub(lambda p: f'{p[1]}{int(int(p[2]) * scale)}"', words)
        return LENGTH.sub(length, words)

    return TAG.sub(tag, xml)
