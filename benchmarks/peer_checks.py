"""What people use instead of `planwerk check`: yamllint, and jsonschema with our own schemas.

Run as a program: `peer_checks.py SCHEMAS FOLDER…` looks at the front matter of every account
folder and prints how many findings there were.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator
from yamllint import linter
from yamllint.config import YamlLintConfig

SETTINGS = YamlLintConfig("{extends: relaxed, rules: {line-length: disable}}")


def findings(path: Path, validator: Draft202012Validator) -> int:
    """How many the two find in one file."""
    _, front, _ = path.read_text("utf-8").split("---\n", 2)
    found = len(list(linter.run(front, SETTINGS, str(path))))
    values = yaml.load(front, Loader=yaml.CBaseLoader)
    return found + len(list(validator.iter_errors(values)))


def main() -> None:
    """Look at all files of the accounts named."""
    schemas, *folders = map(Path, sys.argv[1:])
    validators = {
        path.name.removesuffix(".schema.json"): Draft202012Validator(
            json.loads(path.read_text("utf-8"))
        )
        for path in schemas.glob("*.schema.json")
    }
    found = sum(
        findings(path, validators[path.stem])
        for folder in folders
        for path in sorted(folder.rglob("*.md"))
        if path.stem in validators
    )
    sys.stdout.write(f"{found} findings\n")


if __name__ == "__main__":
    main()
