"""Every small change to the expressions of one source file, one at a time.

What is changed: comparisons, days and ages by one, other whole numbers by one, and/or, negations, what
unknown counts as, conditions and cases left out, codes left out of a list, and names that have an
opposite. What is not: docstrings, annotations, sentences, and the declarations of parameters.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

COMPARISON, BOUNDARY = "comparison", "boundary"
STRICT = frozenset({COMPARISON, BOUNDARY})
"""The kinds of which not one may survive."""

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.GtE: ast.Gt,
    ast.Gt: ast.GtE,
    ast.LtE: ast.Lt,
    ast.Lt: ast.LtE,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OPPOSITES = (
    ("semi_join", "anti_join"),
    ("isnull", "notnull"),
    ("min", "max"),
    ("least", "greatest"),
    ("any", "all"),
    ("asc", "desc"),
)
_OPPOSITE = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}
_SEVERITY = {"RED": "YELLOW", "YELLOW": "RED", "BLUE": "YELLOW"}
_DAYS = ("_days", "YEAR")


@dataclass(frozen=True)
class Mutant:
    """One changed expression, with the whole file compiled around it."""

    line: int
    kind: str
    before: str
    after: str
    code: CodeType


@dataclass(frozen=True)
class _Place:
    """An expression, and where it stands in its parent: a field, or one of a field's list."""

    parent: ast.AST
    field: str
    at: int | None
    node: ast.expr

    def put(self, node: ast.expr) -> None:
        if self.at is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.at] = node


def mutants(source: str, filename: str) -> Iterator[Mutant]:
    """The mutants of a file, in the order of its lines."""
    tree = ast.parse(source, filename)
    for place in _places(tree):
        for kind, changed in _changes(place):
            before, after = ast.unparse(place.node), ast.unparse(changed)
            place.put(ast.fix_missing_locations(ast.copy_location(changed, place.node)))
            yield Mutant(place.node.lineno, kind, before, after, compile(tree, filename, "exec"))
            place.put(place.node)


def _places(tree: ast.Module) -> Iterator[_Place]:
    """Every expression in a function, or in a constant that a function reads."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    read = {node.id for each in functions for node in ast.walk(each) if isinstance(node, ast.Name)}
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef):
            for line in statement.body:
                yield from _below(line)
        elif isinstance(statement, ast.Assign) and not _is_declaration(statement.value):
            names = {target.id for target in statement.targets if isinstance(target, ast.Name)}
            if names & read:
                yield from _below(statement)


def _is_declaration(value: ast.expr) -> bool:
    return _method(value) in ("Parameter", "Reference")


def _below(parent: ast.AST) -> Iterator[_Place]:
    for field, value in ast.iter_fields(parent):
        children = value if isinstance(value, list) else [value]
        for at, child in enumerate(children):
            if isinstance(child, ast.expr):
                yield _Place(parent, field, at if isinstance(value, list) else None, child)
            if isinstance(child, ast.AST):
                yield from _below(child)


def _changes(place: _Place) -> Iterator[tuple[str, ast.expr]]:
    node = place.node
    match node:
        case ast.Compare(left=left, ops=[op], comparators=right):
            yield COMPARISON, ast.Compare(left, [_COMPARISONS[type(op)]()], right)
        case ast.BinOp(left=left, op=ast.BitAnd() | ast.BitOr() as op, right=right):
            swapped = ast.BitOr() if isinstance(op, ast.BitAnd) else ast.BitAnd()
            yield "and/or", ast.BinOp(left, swapped, right)
        case ast.BoolOp(op=op, values=values):
            yield "and/or", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Invert() | ast.Not(), operand=operand):
            yield "negation", operand
        case ast.Constant(value=value) if type(value) is int:
            yield from _shifted(place, BOUNDARY if _is_bound(place) else "constant")
        case ast.Tuple() | ast.List() | ast.Set() if _is_list_of_codes(place):
            yield from _shortened(node)
        case ast.Call():
            yield from _called_otherwise(node)
        case ast.Name(id=name) if name in _SEVERITY:
            yield "severity", ast.Name(_SEVERITY[name], ast.Load())
    if not isinstance(node, ast.Constant) and _is_bound(place):
        yield from _shifted(place, BOUNDARY)


def _shifted(place: _Place, kind: str) -> Iterator[tuple[str, ast.expr]]:
    for step in (ast.Add(), ast.Sub()):
        yield kind, ast.BinOp(place.node, step, ast.Constant(1))


def _is_bound(place: _Place) -> bool:
    """Whether it is a whole number that something is measured by: days, or the ends of a range."""
    node, parent = place.node, place.parent
    if isinstance(node, ast.Constant):
        return isinstance(parent, ast.Compare)
    is_end = place.field == "args" and _method(parent) == "between"
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return is_end or (name.endswith(_DAYS) and place.field != "func")


def _is_list_of_codes(place: _Place) -> bool:
    """A list that values are looked up in or taken from one by one, of two codes or more."""
    parent, items = place.parent, place.node.elts  # type: ignore[attr-defined]
    plain = all(isinstance(item, ast.Constant | ast.Attribute) for item in items)
    taken = isinstance(parent, ast.Assign | ast.Compare | ast.comprehension)
    return plain and len(items) > 1 and (taken or _method(parent) in ("isin", "frozenset"))


def _method(node: ast.AST) -> str:
    """The name of what is called, if anything is."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)


def _shortened(node: ast.Tuple | ast.List | ast.Set) -> Iterator[tuple[str, ast.expr]]:
    for at in range(len(node.elts)):
        rest = [item for other, item in enumerate(node.elts) if other != at]
        yield "code left out", ast.List(rest, ast.Load())


def _called_otherwise(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    match call.func:
        case ast.Attribute(value=value, attr=name) if name in _OPPOSITE:
            func = ast.Attribute(value, _OPPOSITE[name], ast.Load())
            yield "opposite", ast.Call(func, call.args, call.keywords)
        case ast.Name(id=name) if name in _OPPOSITE:
            builtin = ast.Name(_OPPOSITE[name], ast.Load())
            yield "opposite", ast.Call(builtin, call.args, call.keywords)
        case ast.Attribute(attr="fill_null") if _is_yes_or_no(call.args[0]):
            other = ast.Constant(not call.args[0].value)  # type: ignore[attr-defined]
            yield "unknown", ast.Call(call.func, [other], call.keywords)
        case ast.Attribute(value=value, attr="filter" | "cases" as name):
            for at in range(len(call.args)):
                rest = [arg for other, arg in enumerate(call.args) if other != at]
                if rest:
                    yield "condition left out", ast.Call(call.func, rest, call.keywords)
                elif name == "filter":
                    yield "condition left out", value


def _is_yes_or_no(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, bool)
