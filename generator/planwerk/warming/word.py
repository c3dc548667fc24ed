"""Word documents."""

from planwerk.warm import documents
from planwerk.worker import begin

begin(documents)
