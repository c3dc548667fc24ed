"""The pages of the help that are the same in every house."""

from planwerk.warm import reference
from planwerk.worker import begin

begin(reference)
