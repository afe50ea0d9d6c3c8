"""Parts of an expression with their meaning: a type, and a function that gives the value for an entity.

The function takes what the expression looks at, and what is around that: for a filter an entity and `(tenant,)`, for
the body of a lambda one item of the collection and `(tenant, entity)`. So the innermost thing, which is nearly always
the one asked about, is reached without a detour. Whatever can be wrong with an expression is found out when the
functions are made; they themselves never fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mockserver.core.edm import EntityType, EnumType, Model, Navigation, PrimitiveType, StructuredType
from mockserver.core.errors import NotImplementedByMock
from mockserver.odata import texts

Around = tuple[Any, ...]
Run = Callable[[Any, Around], Any]
Type = PrimitiveType | EnumType | StructuredType


@dataclass(frozen=True, eq=False)
class Term:
    type: Type
    run: Run
    collection: bool = False
    name: str = ""
    """The property of the innermost thing that this is, where it is nothing else: comparisons read those at once."""
    fixed: bool = False
    value: Any = None
    """What a fixed term always gives."""

    @property
    def type_name(self) -> str:
        name = self.type.name if isinstance(self.type, PrimitiveType) else self.type.qualified_name
        return f"Collection({name})" if self.collection else name


@dataclass(frozen=True)
class Variable:
    name: str
    type: Type


@dataclass(frozen=True, eq=False)
class Scope:
    """What the names of an expression are looked up in. The first variable is the entity, the last the innermost."""

    model: Model
    variables: tuple[Variable, ...]
    exact: bool = False
    clause: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)

    def folded(self, name: str) -> str:
        return name if self.exact else name.lower()


def fixed(value: Any, kind: Type) -> Term:
    return Term(kind, lambda _, __: value, fixed=True, value=value)


def path(names: tuple[str, ...], scope: Scope) -> Term:
    """What a path leads to. Raises InvalidQuery for a name that its type does not have."""
    term = _variable(names[0], scope)
    if term is not None:
        names = names[1:]
    term = term or _it(0, scope)
    for name in names:
        term = _step(term, name, scope)
    return term


def _variable(name: str, scope: Scope) -> Term | None:
    named = [index for index, variable in enumerate(scope.variables) if variable.name == name]
    return _it(named[-1], scope) if named else None


def _it(index: int, scope: Scope) -> Term:
    kind = scope.variables[index].type
    if index == len(scope.variables) - 1:
        return Term(kind, _itself)
    return Term(kind, lambda _, around: around[index + 1])


def _itself(it: Any, _: Around) -> Any:
    return it


def _step(term: Term, name: str, scope: Scope) -> Term:
    if term.collection:
        raise texts.refusal(texts.NOT_SINGLE, scope.clause, name=name)
    if isinstance(term.type, StructuredType):
        declared = term.type.property(name, ignore_case=not scope.exact)
        if declared is not None:
            own = declared.name if term.run is _itself and not declared.collection else ""
            return Term(declared.type, _property(term.run, declared.name), declared.collection, own)
        navigation = term.type.navigation(name, ignore_case=not scope.exact)
        if navigation is not None and isinstance(term.type, EntityType):
            return Term(scope.model.type(navigation.target), _navigation(term.run, navigation), navigation.collection)
    if "." in name:
        raise NotImplementedByMock(message=f"The mock does not implement the type cast '{name}' in an expression.")
    raise texts.refusal(texts.UNKNOWN_PROPERTY, name=name, type=term.type_name)


def _property(owner: Run, name: str) -> Run:
    if owner is _itself:
        return lambda it, _: it.get(name)

    def read(it: Any, around: Around) -> Any:
        value = owner(it, around)
        return None if value is None else value.get(name)

    return read


def _navigation(owner: Run, navigation: Navigation) -> Run:
    def follow(it: Any, around: Around) -> Iterable[Any]:
        entity = owner(it, around)
        related: Iterable[Any] = () if entity is None else around[0].related(entity, navigation)
        return related

    return follow if navigation.collection else lambda it, around: next(iter(follow(it, around)), None)
