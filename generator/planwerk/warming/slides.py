"""PowerPoint decks."""

from planwerk.warm import slides
from planwerk.worker import begin

begin(slides)
