"""The example portfolio with the history of a year: told by `story/`, worked out backwards.

The last state is the example portfolio itself. Each step says what its files were before; undone
one after the other, from the last to the first, they give every state. So nothing is kept twice,
and a statement that no longer fits the plans is found (`Misfit`).
"""
