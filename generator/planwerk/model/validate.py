"""Values with places into typed records; what does not fit becomes problems at its place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from planwerk.model.record import Record
from planwerk.problems import Place, Problem
from planwerk.text.front_matter import Located, Path
from planwerk.text.nearest import nearest

R = TypeVar("R", bound=Record)


def validate(
    kind: type[R],
    located: Located,
    path: PurePosixPath,
    account: str | None = None,
    context: Mapping[str, Any] | None = None,
) -> tuple[R | None, list[Problem]]:
    """The record that `located` describes, or None and the problems that keep it from being.

    `context` is what the types ask of the surroundings: the workspace's `currency`, and the
    `notation` of numbers in a table.
    """
    value, problems = located.value, []
    if "body" in value:  # it is what stands below the details, no detail itself
        problems = [_unknown_key(kind, ("body",), located, path, account)]
        value = {key: part for key, part in value.items() if key != "body"}
    try:
        record = kind.model_validate(value, context=context)
    except ValidationError as error:
        return None, problems + _problems(kind, error, located, path, account)
    return (None if problems else record), problems


def validate_all(
    kind: type[R], values: list[dict[str, Any]], context: Mapping[str, Any]
) -> list[R] | None:
    """The records of a table that is well throughout; None if anything in it is not."""
    try:
        found: list[R] = _rows_of(kind).validate_python(values, context=context)
    except ValidationError:
        return None
    return found


@cache
def _rows_of(kind: type[Record]) -> TypeAdapter[Any]:
    return TypeAdapter(list[kind])  # type: ignore[valid-type]


def _unknown_key(
    model: type[BaseModel], at: Path, located: Located, path: PurePosixPath, account: str | None
) -> Problem:
    """The problem of a key that the records at that path do not have."""
    key, words = str(at[-1]), _keys(model)
    facts = {"key": key, "nearest": nearest(key, words) or "", "allowed": ", ".join(words)}
    facts["kind"] = model.__name__
    return Problem("unknown-key", Place(path, *located.key_span(at)), facts=facts, account=account)


def _problems(
    kind: type[Record],
    error: ValidationError,
    located: Located,
    path: PurePosixPath,
    account: str | None,
) -> list[Problem]:
    best: dict[Path, Problem] = {}
    for detail in error.errors(include_url=False):
        at = plain_path(detail["loc"], located, missing=detail["type"] == "missing")
        problem = _problem(kind, detail, at, located, path, account)
        known = best.get(at)
        if known is None or known.rule in ("unknown-word", "wrong-shape"):
            best[at] = problem
    return list(best.values())


def plain_path(loc: tuple[str | int, ...], located: Located, missing: bool) -> Path:
    """The part of pydantic's location that names values: union branches are left out.

    Only where something is `missing` may the last step name what is not there.
    """
    out: list[str | int] = []
    value: Any = located.value
    for step in loc:
        in_dict = isinstance(value, dict) and isinstance(step, str) and step in value
        if in_dict or (isinstance(value, list) and isinstance(step, int) and step < len(value)):
            value = value[step]
        elif not missing or not isinstance(value, dict) or step != loc[-1]:
            continue
        out.append(step)
    return tuple(out)


def _problem(
    kind: type[Record],
    detail: Any,
    at: Path,
    located: Located,
    path: PurePosixPath,
    account: str | None,
) -> Problem:
    rule, context = str(detail["type"]), dict(detail.get("ctx") or {})
    facts = {key: str(value) for key, value in context.items()}
    span = located.span(at)
    key = str(at[-1]) if at else ""
    if _is_colon(detail["input"], rule, facts):
        (first, second), *_ = detail["input"].items()
        said = f"{first}: {second or ''}".strip()
        return Problem("colon-in-text", Place(path, *span), facts={"found": said}, account=account)
    if rule == "extra_forbidden":
        span = located.key_span(at)
        model = model_at(kind, at[:-1])
        if key == "share" and not getattr(model, "sharable", True):
            facts = {"found": str(detail["input"]), "kind": model.__name__}
            return Problem("never-shared", Place(path, *span), facts=facts, account=account)
        return _unknown_key(model, at, located, path, account)
    if rule == "missing":
        rule, facts = "missing-key", {"key": key, "within": ".".join(map(str, at[:-1]))}
        facts["kind"] = model_at(kind, at[:-1]).__name__
    elif rule in ("literal_error", "enum"):
        expected = facts.get("expected", "").replace("'", "").replace(" or ", ", ")
        allowed = list(dict.fromkeys(w for w in expected.split(", ") if w))
        found = str(detail["input"])
        facts = {"found": found, "allowed": ", ".join(allowed), "key": key}
        facts["kind"] = model_at(kind, at[:-1]).__name__
        # words out of a few are often each other's opposites: only a slip of the pen is mended
        facts["nearest"] = nearest(found, allowed, alike=0.75) or ""
        rule = "unknown-word"
    elif "-" not in rule:
        expected = {"tuple_type": "list", "list_type": "list"}.get(rule, "values")
        if rule.endswith("_type") and rule not in ("tuple_type", "list_type", "model_type"):
            expected = "text"
        rule, facts = "wrong-shape", {"expected": expected, "key": key}
    facts.setdefault("key", key)
    return Problem(rule, Place(path, *span), facts=facts, account=account)


def _is_colon(found: Any, rule: str, facts: dict[str, str]) -> bool:
    """Whether a text became `key: value` only because it holds a colon."""
    text_wanted = rule == "is_instance_of" or facts.get("expected") == "text"
    return text_wanted and isinstance(found, dict) and len(found) == 1


def model_at(kind: type[BaseModel], path: Path) -> type[BaseModel]:
    """The model of the records at `path` within `kind`."""
    model = kind
    for step in path:
        if isinstance(step, int):
            continue
        for name, field in model.model_fields.items():
            if step in (name, field.alias):
                model = next(
                    (t for t in _types(field.annotation) if issubclass(t, BaseModel)), model
                )
    return model


@cache
def columns_of(kind: type[BaseModel]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of a table of such records, and those of them that every table needs."""
    further = getattr(kind, "further", "")
    fields = {f.alias or name: f for name, f in kind.model_fields.items() if name != further}
    return tuple(fields), tuple(name for name, f in fields.items() if f.is_required())


@cache
def numbers_of(kind: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a record whose values are numbers."""
    fields = kind.model_fields.items()
    return tuple(f.alias or name for name, f in fields if Decimal in _types(f.annotation))


def _types(annotation: Any) -> list[type]:
    """The classes that an annotation is made of."""
    parts = getattr(annotation, "__args__", ())
    if not parts:
        return [annotation] if isinstance(annotation, type) else []
    return [found for part in parts for found in _types(part)]


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items() if name != "body"]
