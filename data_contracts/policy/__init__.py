"""The shape of a county's policy: which values it must state. The values stand in HOME/policy."""
