"""Writes the bill of materials (CycloneDX) of what runs: made of the lock alone, so it says what
was pinned, needs no network and is the same on every machine.

    python requirements/sbom.py > requirements/sbom.cdx.json
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: *; *([^\\]+?))? *\\?$")
DIGEST = re.compile(r"^ +--hash=sha256:([0-9a-f]{64})")
WHY = re.compile(r"^ +#(?: via)?(?: +([A-Za-z0-9._-]+).*)?$")


class Pinned(NamedTuple):
    """One requirement of a lock: the digests of its files, and what asks for it."""

    name: str
    version: str
    marker: str
    digests: tuple[str, ...]
    asked_by: tuple[str, ...]


def pinned(lock: str) -> list[Pinned]:
    """The requirements of a lock; ValueError for a line that is none."""
    found: list[Pinned] = []
    for line in lock.splitlines():
        if match := PINNED.match(line):
            found.append(Pinned(match[1], match[2], match[3] or "", (), ()))
        elif found and (match := DIGEST.match(line)):
            found[-1] = found[-1]._replace(digests=(*found[-1].digests, match[1]))
        elif found and (match := WHY.match(line)):
            asked = (*found[-1].asked_by, match[1]) if match[1] else found[-1].asked_by
            found[-1] = found[-1]._replace(asked_by=asked)
        elif line.strip():
            raise ValueError(line)
    return found


def _purl(one: Pinned) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def materials(lock: str, product: str, version: str) -> dict[str, Any]:
    """The bill of materials of a product that runs on what the lock names."""
    found = pinned(lock)
    root = f"pkg:pypi/{product}@{version}"
    needs: dict[str, list[str]] = {purl: [] for purl in (root, *map(_purl, found))}
    for one in found:  # a name may be pinned twice, for older and newer Pythons
        asking = [_purl(two) for two in found if two.name in one.asked_by]
        for purl in [*asking, *([root] if product in one.asked_by else [])]:
            needs[purl].append(_purl(one))
    components = [
        {
            "type": "library", "bom-ref": _purl(one), "name": one.name,
            "version": one.version, "purl": _purl(one),
            "scope": "optional" if one.marker else "required",
            "externalReferences": [{
                "type": "distribution", "url": _purl(one),
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.digests],
            }],
        }
        for one in found
    ]  # fmt: skip
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, root + lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": root, "name": product, "version": version,
                "purl": root, "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": ref, "dependsOn": sorted(on)} for ref, on in sorted(needs.items())],
    }  # fmt: skip


def main() -> None:
    """The bill of this repository, to standard output."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (HERE / "run.txt").read_text("utf-8")
    made = materials(lock, project["name"], project["version"])
    sys.stdout.write(json.dumps(made, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
