"""What an output says: a projected portfolio into pages, chapters and slides made of blocks."""
