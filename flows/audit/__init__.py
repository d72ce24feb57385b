"""The audit trail: who did what, to which household, why. Append-only, chained, keyed, anchored."""
