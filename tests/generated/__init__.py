"""Plans nobody wrote: the examples grown, emptied and reworded by chance, and made into files.

    python -m tests.generated 200 --kind documents     # what `make office` runs

`plans.py` makes a plan of a number; `files.py` writes it as the files of a workspace and reads it
back; `office.py` makes all Office files of it and asks whether they are sound.
"""
