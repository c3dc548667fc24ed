"""Many changes, one after the other, as what changed in all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from planwerk.history.moves import carried
from planwerk.model.history import Change, Spot, Value


@dataclass
class _Record:
    """What is known of one record: where it stood at first (None: it came since), of the fields
    that were told what they held and hold."""

    kind: str
    title: str
    origin: Spot | None
    old: dict[str, Value] = field(default_factory=dict)
    new: dict[str, Value] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)


@dataclass
class _Way:
    """The way so far: records by where they stand now, those gone by where they stood at first."""

    records: dict[Spot, _Record] = field(default_factory=dict)
    gone: dict[Spot, _Record] = field(default_factory=dict)
    moved: dict[Spot, tuple[Spot, Change]] = field(default_factory=dict)
    back: list[Change] = field(default_factory=list)
    """All moves and new names, turned round, the last one first."""

    def origin(self, spot: Spot) -> Spot:
        """Where a record stood at first of which nothing was told yet."""
        for change in self.back:
            spot = carried(spot, change)
        return spot

    def stands(self, spot: Spot) -> bool:
        """Whether no move led from there or to there."""
        return all(carried(spot, c) == spot == carried(spot, _turned(c)) for c in self.back)

    def known(self, change: Change) -> _Record:
        """The record that a change is about."""
        record = self.records.get(change.spot)
        if record is None:
            record = _Record(change.kind, change.title, self.origin(change.spot))
            self.records[change.spot] = record
        return record

    def add(self, change: Change) -> None:
        """A record came; if it was there at first, only its fields are others."""
        values = dict(change.values)
        record = self.gone.pop(change.spot, None) if self.stands(change.spot) else None
        if record is None:
            record = _Record(change.kind, change.title, None)
            record.new = values
        else:
            record.title = change.title
            record.new = {name: values.get(name) for name in {**record.old, **values}}
            record.old = {name: record.old.get(name) for name in record.new}
        self.records[change.spot] = record

    def remove(self, change: Change) -> None:
        """A record went, with all it had at first."""
        record = self.known(change)
        del self.records[change.spot]
        if change.spot.path:
            self.moved.pop(change.spot, None)
        if record.origin is not None:
            whole = {**dict(change.values), **record.old}
            record.old = {name: value for name, value in whole.items() if value is not None}
            record.title = change.title
            self.gone[record.origin] = record

    def change(self, change: Change) -> None:
        """A field of a record holds something else."""
        record = self.known(change)
        record.title = change.title
        if record.origin is not None:
            record.old.setdefault(change.field, change.old)
        record.new[change.field] = change.new
        record.times[change.field] = change.times

    def move(self, change: Change) -> None:
        """A record and all within it stand elsewhere."""
        assert change.before is not None
        first, _ = self.moved.pop(change.before, (None, None))
        came = self.records.get(change.before)
        if first is None:
            first = self.origin(change.before)
        self.moved = {carried(spot, change): told for spot, told in self.moved.items()}
        if not (change.before.path and came and came.origin is None):
            self.moved[change.spot] = (first, change)
        self.records = {carried(spot, change): record for spot, record in self.records.items()}
        self.back.insert(0, _turned(change))


def _turned(change: Change) -> Change:
    """The move that leads back."""
    assert change.before is not None
    return replace(change, spot=change.before, before=change.spot)


def net(changes: Iterable[Change]) -> tuple[Change, ...]:
    """What changed in all: applied at once it leads where the changes lead one by one.

    What came and went again, or changed back, is not among it.
    """
    way = _Way()
    steps = {"added": way.add, "removed": way.remove, "changed": way.change}
    for change in changes:
        steps.get(change.what, way.move)(change)
    return (*_removed(way), *_moves(way), *_added_and_changed(way))


def _removed(way: _Way) -> Iterator[Change]:
    for spot, record in way.gone.items():
        yield Change("removed", spot, record.kind, record.title, values=tuple(record.old.items()))


def _added_and_changed(way: _Way) -> Iterator[Change]:
    for spot, record in way.records.items():
        if record.origin is None:
            values = tuple((name, value) for name, value in record.new.items() if value is not None)
            yield Change("added", spot, record.kind, record.title, values=values)
            continue
        for name, new in record.new.items():
            old = record.old.get(name)
            if old != new or type(old) is not type(new):
                times = record.times.get(name, 1)
                yield Change("changed", spot, record.kind, record.title, name, old, new, times=times)  # fmt: skip


def _moves(way: _Way) -> Iterator[Change]:
    """The moves in an order in which none meets another: what holds others goes first."""
    made: list[Change] = []
    waiting = sorted(way.moved.items(), key=lambda item: len(item[0].path))
    while waiting:
        at = [_now(first, made) for _, (first, _) in waiting]
        free = [n for n, (to, _) in enumerate(waiting) if to not in at[:n] + at[n + 1 :]]
        turn = free[0] if free else 0
        to, (_, change) = waiting[turn]
        if at[turn] != to:
            target = to if free else _aside(to)
            made.append(replace(change, before=at[turn], spot=target))
        if free or at[turn] == to:
            del waiting[turn]
    return iter(made)


def _now(spot: Spot, made: Iterable[Change]) -> Spot:
    for change in made:
        spot = carried(spot, change)
    return spot


def _aside(spot: Spot) -> Spot:
    """A spot beside: two records that change places need one in between."""
    if spot.path:
        return spot._replace(path=(*spot.path[:-1], f"{spot.path[-1]}~"))
    return spot._replace(of=f"{spot.of}~")
