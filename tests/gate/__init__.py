"""The gate, proven: pairs of workspaces that differ only in what one client may not see.

    python tests/gate 200                # what `make proofs` runs first

`sight.py` says, without asking the gate, what a client may see of a model; `hidden.py` changes
everything else; `worlds.py` makes histories of it, as files in real repositories; `pairs.py` builds
two such worlds and compares what the client gets, byte by byte; `plants.py` opens the gate on purpose.
"""
