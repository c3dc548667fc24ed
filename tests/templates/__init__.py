"""PowerPoint templates that were not made here, and the decks of an example account on them."""
