"""The pictures of one account: which lie in its folder, and which its texts show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from planwerk.painted import PictureFile
from planwerk.problems import Place, Problem, Severity
from planwerk.text.nearest import nearest
from planwerk.text.pictures import (
    MAX_PICTURE,
    MAX_PIXELS,
    NAME,
    Unfit,
    located,
    read_picture,
)
from planwerk.text.prose import Shown, shown

LIMIT = f"{MAX_PICTURE >> 20} MiB, {MAX_PIXELS // 1_000_000} MP"


class Pictured:
    """Gathers the pictures of an account while its files are read; `load` gives a file's bytes."""

    def __init__(self, folder: PurePosixPath, load: Callable[[PurePosixPath], bytes]) -> None:
        self.folder, self.load = folder, load
        self.lying: set[str] = set()
        self.asked: list[tuple[PurePosixPath, int, Shown]] = []

    def lies(self, path: str) -> bool:
        """Note a file of the account if it is a picture by its name; whether it is."""
        if not NAME.fullmatch(path.rpartition("/")[2]):
            return False
        self.lying.add(PurePosixPath(path).relative_to(self.folder).as_posix())
        return True

    def shows(self, path: PurePosixPath, body: str, first: int, indent: int = 0) -> None:
        """Note the pictures of a text, which begins on the line `first` of the file `path`, its
        lines indented so far."""
        self.asked += [(path, first, o._replace(column=o.column + indent)) for o in shown(body)]

    def found(self, problems: list[Problem]) -> dict[str, PictureFile]:
        """The pictures that texts show, by their names below the account's folder; what is wrong
        with any goes to `problems`."""
        files: dict[str, PictureFile | Unfit] = {}
        for path, first, one in self.asked:
            above = path.relative_to(self.folder).parent.as_posix()
            name = located("" if above == "." else above, one.target)
            place = Place(path, first + one.line, one.column, 2)
            if name is None:
                problems.append(
                    Problem("picture-in-prose", place, facts={"found": one.target[:80]})
                )
            elif name not in self.lying:
                near = nearest(name, sorted(self.lying)) or ""
                facts = {"found": str(self.folder / name), "nearest": near}
                problems.append(Problem("picture-missing", place, facts=facts))
            else:
                if name not in files:
                    files[name] = read_picture(self.load(self.folder / name))
                problems += _wrong(files[name], str(self.folder / name), place)
        asked = {name for name in self.lying if name in files}
        for name in sorted(self.lying - asked):
            place = Place(self.folder / name)
            problems.append(Problem("picture-unused", place, Severity.WARNING, {"found": name}))
        return {name: file for name, file in sorted(files.items()) if isinstance(file, PictureFile)}


def _wrong(file: PictureFile | Unfit, name: str, place: Place) -> Iterator[Problem]:
    if isinstance(file, Unfit):
        facts = {"found": file.found or name, "name": name, "limit": LIMIT}
        yield Problem(file.rule, place, facts=facts)
