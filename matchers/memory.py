"""What linking remembers from one night to the next, as it asks an engine for it.

`flows` keeps the rows; this room only says which. What is remembered can be forgotten at any time:
linking then works everything out anew.
"""

from __future__ import annotations

from typing import Protocol

import ibis.expr.types as ir


class Memory(Protocol):
    """Named tables of rows that stay."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was linked before."""
        ...

    def rows(self, name: str, like: ir.Table) -> ir.Table:
        """The rows under a name, in the columns of `like`; none if nothing was remembered."""
        ...

    def change(self, name: str, key: str, gone: ir.Table, came: ir.Table) -> ir.Table:
        """Forget the rows whose `key` is among that column of `gone`, add the others."""
        ...

    def replace(self, name: str, rows: ir.Table) -> ir.Table:
        """Remember these rows under the name instead of what was there."""
        ...
