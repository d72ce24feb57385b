"""A county's policy as HOME/policy/*.toml states it: every value with its date and its document."""

from flows.policy.in_force import NotInForce, Policy, PolicyValue
from flows.policy.reading import load, parse
from flows.policy.template import template
from flows.policy.values import PolicyRefused

__all__ = ["NotInForce", "Policy", "PolicyRefused", "PolicyValue", "load", "parse", "template"]
