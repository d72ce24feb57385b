"""The few words in which every source, record and signal is declared.

A declaration is data. It refuses to exist when it contradicts itself, so that a mistyped
contract is found at import and not at two in the morning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import ibis.expr.types as ir
from ibis.common.deferred import Deferred

from data_contracts.forbidden import refuse_forbidden


class Kind(StrEnum):
    """How a delivered cell is read. Every kind is parsed in transforms/columns.py."""

    TEXT = "text"
    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ADDRESS = "address"
    PLACE_CODE = "place_code"
    DATE = "date"
    MONTH = "month"
    DAY_OR_MONTH = "day_or_month"
    MONEY = "money"
    NUMBER = "number"
    INTEGER = "integer"
    CODE = "code"
    ICD10 = "icd10"


class Privacy(StrEnum):
    """Who a column can hurt. IDENTITY columns live in `identities` and nowhere else."""

    IDENTITY = "identity"
    SENSITIVE = "sensitive"
    PERSONAL = "personal"
    ORDINARY = "ordinary"


class Purpose(StrEnum):
    """What a department's data may be used for here; what is not named is not allowed.

    IDENTIFY is what identity columns are for: to know who is who, and where to knock.
    """

    FIND = "find"
    WEIGH = "weigh"
    REVIEW = "review"
    IDENTIFY = "identify"


class Need(StrEnum):
    """What a delivery must bring: the header and every value, the header alone, or neither."""

    VALUE = "value"
    HEADER = "header"
    NOTHING = "nothing"


class DeliveryKind(StrEnum):
    """What a record's absence from a delivery says: gone (FULL), nothing (APPEND, CHANGES)."""

    FULL = "full"
    APPEND = "append"
    CHANGES = "changes"


class FactType(StrEnum):
    """The types that canonical columns have; the values are Ibis type names."""

    STRING = "string"
    DATE = "date"
    MONEY = "decimal(16, 2)"
    NUMBER = "decimal(16, 4)"
    INTEGER = "int64"
    BOOLEAN = "boolean"


FACT_OF_KIND: Mapping[Kind, FactType] = {
    Kind.DATE: FactType.DATE,
    Kind.MONTH: FactType.DATE,
    Kind.DAY_OR_MONTH: FactType.DATE,
    Kind.MONEY: FactType.MONEY,
    Kind.NUMBER: FactType.NUMBER,
    Kind.INTEGER: FactType.INTEGER,
}
"""The type a parsed cell has; every kind not listed here stays a string."""


NOT_STATED = ""
"""The meaning of a code that says nothing is known (性别未说明): it is read as an empty cell."""

AMBIGUOUS = "?"
"""The meaning of a code that two lists in use read differently: refused until a site says which."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The document that a rule, a threshold or a right to receive data rests on."""

    title: str
    article: str = ""
    url: str = ""

    def __str__(self) -> str:
        return f"{self.title} {self.article}".strip()


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of an extract: what it means, how its header may be written, how it is read.

    `headers` are the spellings seen in real extracts; the name of the column itself always counts.
    A header that repeats in a file is called `电话`, `电话#2`, `电话#3` from left to right.
    `codes` maps what is delivered (code or label) to a canonical meaning; only for Kind.CODE.
    `may_be_future` is for days that are set beforehand, such as a pension's first month.
    `unit` is the number of canonical units in one delivered unit (10000 for 万元).
    `purposes` narrows what the source's purposes allow; None leaves them as they are.
    """

    means: str
    kind: Kind
    headers: tuple[str, ...]
    privacy: Privacy
    need: Need = Need.NOTHING
    codes: Mapping[str, str] = field(default_factory=dict)
    at_least: int | None = None
    at_most: int | None = None
    matches: str | None = None
    max_length: int = 200
    may_be_future: bool = False
    unit: int = 1
    purposes: tuple[Purpose, ...] | None = None

    def __post_init__(self) -> None:
        refuse_forbidden(self.means, self.means, *self.headers)
        if bool(self.codes) != (self.kind is Kind.CODE):
            raise ValueError(f"{self.means}: codes belong to Kind.CODE, and Kind.CODE needs them")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One column of a canonical record. `one_of` speaks of meanings, never of suppliers."""

    type: FactType
    means: str
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Record:
    """A canonical record the house speaks: one row per `grain`, keyed by record_key."""

    name: str
    title: str
    grain: str
    columns: Mapping[str, Fact]

    def __post_init__(self) -> None:
        for name, fact in self.columns.items():
            refuse_forbidden(self.name, name, fact.means)

    @property
    def schema(self) -> dict[str, str]:
        """Column name to Ibis type, facts only."""
        return {name: fact.type.value for name, fact in self.columns.items()}


@dataclass(frozen=True, kw_only=True)
class RowRule:
    """A condition over the parsed columns of one row; a row that breaks it is quarantined.

    `holds` is a deferred Ibis boolean over canonical column names; null counts as holding, because
    an empty cell is the business of `need`. `reason` is what the department reads, in Chinese.
    """

    name: str
    holds: Deferred
    reason: str


@dataclass(frozen=True, kw_only=True)
class Band:
    """How far a full delivery may shrink or grow against the one before, as ratios."""

    low: float = 0.8
    high: float = 1.25


@dataclass(frozen=True, kw_only=True)
class Source:
    """One extract: what arrives, how it is read and what it becomes.

    `key` names the columns that identify a record. `own_key` says whether the department keeps that
    key unique itself; if not, rows that share it are told apart by an ordinal. `signed_by` names the
    amount by whose sign a charge and its reversal under one key are told apart.
    `dated_by` is the column that says when the fact happened. `complete_for` says in words for whom
    silence means 'none'; the date since when stands in HOME/doorstep.toml.
    `carries_current_address` tells whether `address` is where the person lives now.
    An `optional` source is not awaited: until its first delivery nobody misses it, and its absence
    tells nothing; from then on it is a source like any other.
    `purposes` is what its columns may be used for beyond saying who somebody is: without any, no
    signal may read it.
    """

    name: str
    title: str
    supplier: str
    authority: Reference
    grain: str
    delivery: DeliveryKind
    cadence_days: int
    key: tuple[str, ...]
    own_key: bool
    columns: Mapping[str, Column]
    becomes: Record
    dated_by: str
    complete_for: str
    by: Mapping[str, Deferred] = field(default_factory=dict)
    rules: tuple[RowRule, ...] = ()
    unused: Mapping[str, str] = field(default_factory=dict)
    band: Band = Band()
    quarantine_limit: float = 0.2
    at_least_rows: int = 1
    carries_current_address: bool = False
    signed_by: str | None = None
    optional: bool = False
    purposes: tuple[Purpose, ...] = ()

    def __post_init__(self) -> None:
        from data_contracts.records.identity import identity

        declared = set(self.columns)
        for name, column in self.columns.items():
            refuse_forbidden(self.name, name)
            if not set(column.purposes or ()) <= set(self.purposes):
                raise ValueError(f"{self.name}: {name} has purposes that the source has not")
        for used in (*self.key, self.dated_by, *filter(None, [self.signed_by])):
            if used not in declared:
                raise ValueError(f"{self.name}: {used} is used but not declared")
        wanted = set(self.becomes.columns)
        missing = wanted - declared - set(self.by)
        if missing:
            raise ValueError(f"{self.name}: nothing fills {sorted(missing)} of {self.becomes.name}")
        idle = declared - wanted - set(identity.columns) - set(self.key) - self._read_by_rules()
        if idle:
            raise ValueError(f"{self.name}: {sorted(idle)} are declared and never used")
        for name, column in self.columns.items():
            if column.privacy is Privacy.IDENTITY and name not in identity.columns:
                raise ValueError(f"{self.name}: identity column {name} has no place in identities")
            fact = self.becomes.columns.get(name)
            meanings = set(column.codes.values()) - {NOT_STATED, AMBIGUOUS}
            if fact and fact.one_of and not meanings <= set(fact.one_of):
                raise ValueError(f"{self.name}: {name} has codes unknown to {self.becomes.name}")
        self._refuse_shared_headers()

    def _refuse_shared_headers(self) -> None:
        seen: dict[str, str] = {}
        for name, column in self.columns.items():
            for header in (name, *column.headers):
                if seen.setdefault(header, name) != name:
                    raise ValueError(f"{self.name}: header {header} names two columns")

    def _read_by_rules(self) -> set[str]:
        unbound = parsed_table(self)
        expressions = [rule.holds.resolve(unbound) for rule in self.rules]
        expressions += [value.resolve(unbound) for value in self.by.values()]
        return {field for expression in expressions for field in _fields_of(expression)}


def parsed_table(source: Source) -> ir.Table:
    """An empty table with the columns of `source` as they are after parsing."""
    import ibis

    return ibis.table(
        {
            name: FACT_OF_KIND.get(column.kind, FactType.STRING).value
            for name, column in source.columns.items()
        },
        name=f"parsed_{source.name}",
    )


def _fields_of(expression: Any) -> set[str]:
    import ibis.expr.operations as ops

    return {node.name for node in expression.op().find(ops.Field)}
