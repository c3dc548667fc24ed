"""Old versions are read as well as they go: what is wrong in one place says nothing of the rest.

What does not fit is left out: a value, an entry of a list that has no identity. A value that
has to be there and is not is None in the record, as no strict reading would ever give it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Annotated, Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from planwerk.history.identity import IDENTITIES, By
from planwerk.model.record import Record
from planwerk.model.validate import model_at, plain_path
from planwerk.text.front_matter import Located, Path

R = TypeVar("R", bound=Record)
ROUNDS = 12
"""How often what does not fit is looked for anew: an entry left out may leave others wanting."""
SAMPLES: tuple[Any, ...] = (
    "offen",
    "x",
    "1",
    "2000-01-01",
    "1 days",
    "de",
    "EUR",
    "https://example.org",
    {"name": "offen"},
)
"""Something that fits, whatever a field is for."""


def as_well_as_it_goes(kind: type[R], value: dict[str, Any], context: Mapping[str, Any]) -> R | None:  # fmt: skip
    """The record of these values without what does not fit; None where nothing is left."""
    value = deepcopy(value)
    wanting: dict[int, set[str]] = {}
    for _ in range(ROUNDS):
        try:
            record = kind.model_validate(value, context=context)
        except ValidationError as error:
            if not _pruned(kind, value, error, wanting):
                return None
        else:
            _forget(record, value, wanting)
            return record
    return None


def _pruned(
    kind: type[Record], value: dict[str, Any], error: ValidationError, wanting: dict[int, set[str]]
) -> bool:
    """Leave out what does not fit; False where that is all there is."""
    located = Located(value)
    spots = set()
    for detail in error.errors(include_url=False, include_input=False):
        missing = detail["type"] == "missing"
        spots.add(plain_path(detail["loc"], located, missing=missing))
    gone: Path = ()
    for at in sorted(spots, key=_from_behind, reverse=True):  # so that no entry loses its number
        if not gone or at[: len(gone)] != gone:
            gone = _left_out(kind, value, at, wanting)
            if not gone:
                return False
    return True


def _from_behind(path: Path) -> list[str]:
    return [str(step).zfill(9) for step in path]


def _left_out(kind: type[Record], value: Any, at: Path, wanting: dict[int, set[str]]) -> Path:
    """Leave out what stands at a path, with the entry around it if that is nothing without it.

    The path of what was left out; () where it is the whole.
    """
    if not at:
        return ()
    holder = value
    for step in at[:-1]:
        holder = holder[step]
    last = at[-1]
    if not isinstance(last, str):
        del holder[last]
        return at
    model = model_at(kind, at[:-1])
    name = next((n for n, f in model.model_fields.items() if (f.alias or n) == last), "")
    if not name or not model.model_fields[name].is_required():
        holder.pop(last, None)
        return at
    identity = IDENTITIES[model.__name__]
    if name in identity.keys and identity.by is not By.PLACE:
        return _left_out(kind, value, at[:-1], wanting)
    holder[last] = deepcopy(_sample(model, name))
    wanting.setdefault(id(holder), set()).add(name)
    return at


@cache
def _sample(model: type[Record], name: str) -> Any:
    """A value that fits into a field."""
    field = model.model_fields[name]
    fits = TypeAdapter(Annotated.__class_getitem__((field.annotation, *field.metadata, None)))  # type: ignore[attr-defined]
    for sample in (*SAMPLES, *get_args(field.annotation)):
        try:
            fits.validate_python(sample)
        except ValidationError:
            continue
        return sample
    raise TypeError(f"nothing fits {model.__name__}.{name}")


def _forget(record: Any, value: Any, wanting: Mapping[int, set[str]]) -> None:
    """Empty the fields that a sample stands in."""
    if isinstance(value, dict) and isinstance(record, Record):
        for name in wanting.get(id(value), ()):
            record.__dict__[name] = None
        for name, field in type(record).model_fields.items():
            _forget(record.__dict__[name], value.get(field.alias or name), wanting)
    elif isinstance(value, list) and isinstance(record, tuple):
        for part, words in zip(record, value, strict=True):
            _forget(part, words, wanting)
