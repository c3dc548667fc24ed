"""People: whether those whom a row about a record names are this record's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truth.facts import Subject
from truth.labels import PRESENT, SPOKEN_OF, WHO
from truth.tokens import Day, tokens

if TYPE_CHECKING:
    from truth.judging import OnePassage


class Named:
    """The people of one passage."""

    def __init__(self, one: OnePassage) -> None:
        self.one = one

    def compare(self) -> None:
        """Everybody whom a row about a record names is one of the record's people."""
        about = self._about()
        leading = self.one.of.leading(self.one.texts)
        for cell, line, texts, _ in self.one.scans:
            for name in texts:
                if name not in self.one.world.people:
                    continue
                wanted = set().union(*(s.people for s in about)) - {""}
                if (cell.head.lower() in WHO and leading == "Task") or self._ours(cell.head):
                    wanted = set().union(*(s.owners for s in about if s.kind == leading)) or wanted
                elif self._theirs(cell.head):
                    wanted = set().union(*(s.theirs for s in about if s.kind == leading)) or wanted
                if wanted and name not in wanted and name not in self.one.passage.above:
                    self.one.differs(line, name, f"it is {', '.join(sorted(wanted))}")
                else:
                    self.one.result.compared[self.one.passage.format, "person" if wanted else "person named alone"] += 1  # fmt: skip
        self._titles()

    def _about(self) -> list[Subject]:
        """The records whose people alone may stand here; of several reviews that of the day said."""
        if self.one.passage.kind not in ("row", "card") or (self.one.first() in self.one.world.people and self.one.passage.kind == "row"):  # fmt: skip
            return []  # a row about a person tells of others, too
        attend = self.one.passage.format != "pptx" and any(
            self.one.first().lower().startswith(word) for word in PRESENT
        )
        about = [
            s
            for s in (self.one.main or (self.one.context if attend else []))
            if s.kind in SPOKEN_OF
        ]
        said = [t for _, line, _, _ in self.one.scans for t in tokens(line, self.one.world.language) if isinstance(t, Day)]  # fmt: skip
        met = [s for s in about if s.kind in ("Review", "Meeting") and any(self.one.says(t, f.value) for t in said for f in s.facts)]  # fmt: skip
        return [s for s in about if s.kind not in ("Review", "Meeting") or s in met or not met]

    def _ours(self, head: str) -> bool:
        """Whether a column is for those of us who are accountable."""
        return head.startswith(("bei ", "at ")) and head.endswith(self.one.of.sums.short_us)

    def _theirs(self, head: str) -> bool:
        """Whether a column is for those of the client who confirmed a goal."""
        return head.startswith(("bei ", "at ")) and head.endswith(self.one.of.sums.short_client)

    def _titles(self) -> None:
        """Beside what somebody is called stands that person's name."""
        for text in self.one.texts:
            for key in self.one.world.words.get(text, ()):
                who = self.one.world.named_by_title.get((text, key))
                if who and self.one.passage.kind in ("row", "card") and self.one.texts.index(text) and who not in self.one.texts:  # fmt: skip
                    before = self.one.texts[self.one.texts.index(text) - 1]
                    if before in self.one.world.people:
                        self.one.differs(text, before, f"it is {who}")
