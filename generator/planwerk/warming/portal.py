"""Portals."""

from planwerk.warm import portals
from planwerk.worker import begin

begin(portals)
