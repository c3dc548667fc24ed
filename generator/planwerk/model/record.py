"""What all records of a plan have in common: strictness, where they stand, who may see what.

`released` is the allow-list of the gate: the fields that leave the house when the record is
shared. A field that is not named there stays, whatever is marked. `sharable = False` refuses
the mark altogether.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PrivateAttr

from planwerk.text.front_matter import Path


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Share = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
"""Who may see a record: `client`, `partner:<id>`, or a list of them; silent means internal."""


class Record(BaseModel):
    """A part of a plan; unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    released: ClassVar[frozenset[str]] = frozenset()
    sharable: ClassVar[bool] = True
    _file: str = PrivateAttr(default="")
    _path: Path = PrivateAttr(default=())

    def stands_at(self, file: str, path: Path) -> None:
        """Note the file and the path within it that this record and its parts came from."""
        private = self.__pydantic_private__
        if private is not None:  # written directly: half of the time of reading went into setattr
            private["_file"], private["_path"] = file, path
        for name, value in self.__dict__.items():
            if isinstance(value, tuple):
                for index, part in enumerate(value):
                    if isinstance(part, Record):
                        part.stands_at(file, (*path, name, index))
            elif isinstance(value, Record):
                value.stands_at(file, (*path, name))

    @property
    def file(self) -> str:
        """The file this record stands in, relative to the workspace; "" after the gate."""
        return self._file

    @property
    def path(self) -> Path:
        """Keys and indexes that lead to this record within its file."""
        return self._path


class Shared(Record):
    """A record that says itself who may see it."""

    share: Share = ()

    def visible_to(self, audience: str) -> bool:
        """Whether `audience` (`internal`, `client`, `partner:<id>`) may see this record."""
        return audience == "internal" or (self.sharable and audience in self.share)
