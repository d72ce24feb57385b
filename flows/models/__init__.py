"""Numbered models: trained from the data, compared, adopted by a person, used by every later night."""

from flows.models.adopted import in_force
from flows.models.frozen import FrozenModel

__all__ = ["FrozenModel", "in_force"]
