"""The same harness under atheris, which follows the code a file reaches. Not run by `make test`.

python -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install -e . atheris
/tmp/fuzz/bin/python tests/fuzz/atheris_target.py -max_total_time=180 [CORPUS]
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> None:
    import atheris

    with atheris.instrument_imports(include=["planwerk"]):
        from fuzz.generate import FILES
        from fuzz.harness import Harness

    harness, names = Harness(), list(FILES)

    def one(data: bytes) -> None:
        """The first byte chooses the file, the others are its content."""
        if data:
            _, wrong = harness.run(names[data[0] % len(names)], data[1:])
            if wrong:
                raise AssertionError(wrong)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
