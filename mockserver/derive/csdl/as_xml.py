"""The metadata as CSDL XML 4.0, which is what `GET /beta/$metadata` returns (graph_reference 5.10)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mockserver.core.edm import (
    LIST,
    NAMESPACE,
    Action,
    EntitySet,
    EnumType,
    Model,
    Navigation,
    Property,
    StructuredType,
)
from mockserver.derive.csdl import vocabulary
from mockserver.derive.csdl.names import ALIAS, BINDING, CONTAINER, alias_of, numbered, type_of
from mockserver.derive.csdl.shown import (
    ENTITY,
    actions,
    base_of,
    bindings,
    enumerations,
    own_navigations,
    own_properties,
    structures,
)
from mockserver.derive.csdl.vocabulary import REFERENCES, Annotations, PropertyPath

_EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
_EDM = "http://docs.oasis-open.org/odata/ns/edm"
_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'


@cache
def metadata_xml(model: Model) -> bytes:
    """The same bytes for the same declarations."""
    document = Element("edmx:Edmx", {"Version": "4.0", "xmlns:edmx": _EDMX})
    for address, namespace in REFERENCES.items():
        reference = SubElement(document, "edmx:Reference", {"Uri": f"{address}.xml"})
        SubElement(reference, "edmx:Include", {"Namespace": namespace})
    services = SubElement(document, "edmx:DataServices")
    schema = SubElement(services, "Schema", {"Namespace": NAMESPACE, "Alias": ALIAS, "xmlns": _EDM})
    schema.extend(_enumeration(each) for each in enumerations(model))
    schema.extend(_structure(model, each) for each in structures(model))
    schema.extend(_action(bound, each) for bound, each in actions(model))
    container = SubElement(schema, "EntityContainer", {"Name": CONTAINER})
    container.extend(_set(model, each) for each in model.sets.values())
    indent(document)
    written: bytes = tostring(document, encoding="utf-8")
    return _DECLARATION + written


def _enumeration(declared: EnumType) -> Element:
    element = Element("EnumType", {"Name": declared.name, **_true(IsFlags=declared.flags)})
    for name, value in numbered(declared):
        SubElement(element, "Member", {"Name": name, "Value": str(value)})
    return element


def _structure(model: Model, declared: StructuredType) -> Element:
    base = base_of(declared)
    derived = {"BaseType": alias_of(base)} if base else {}
    says = {**derived, **_true(Abstract=declared.abstract, OpenType=declared.open)}
    element = Element(type(declared).__name__, {"Name": declared.name, **says})
    if declared is ENTITY:
        SubElement(SubElement(element, "Key"), "PropertyRef", {"Name": "id"})
    element.extend(_property(each) for each in own_properties(declared))
    element.extend(_navigation(model, each) for each in own_navigations(model, declared))
    return _annotated(element, vocabulary.of_type(declared))


def _property(declared: Property) -> Element:
    element = Element("Property", {"Name": declared.name, "Type": type_of(declared), **_nullable(declared.nullable)})
    return _annotated(element, vocabulary.of_property(declared))


def _navigation(model: Model, declared: Navigation) -> Element:
    target = type_of(declared)
    says = {"Name": declared.name, "Type": target, **_true(ContainsTarget=declared.contained)}
    return _annotated(Element("NavigationProperty", says), vocabulary.of_navigation(model, declared))


def _action(bound: StructuredType, declared: Action) -> Element:
    element = Element("Action", {"Name": declared.name, "IsBound": "true"})
    binding = {"Name": BINDING, "Type": alias_of(bound), **_nullable(False)}
    SubElement(element, "Parameter", binding)
    for each in declared.parameters.visible:
        says = {"Name": each.name, "Type": type_of(each), **_nullable(each.nullable)}
        SubElement(element, "Parameter", says)
    if declared.returns is not None:
        SubElement(element, "ReturnType", {"Type": alias_of(declared.returns), **_nullable(False)})
    return element


def _set(model: Model, declared: EntitySet) -> Element:
    listed = {} if LIST in declared.allows else {"IncludeInServiceDocument": "false"}
    element = Element("EntitySet", {"Name": declared.name, "EntityType": declared.type.qualified_name, **listed})
    for path, target in bindings(model, declared.type):
        SubElement(element, "NavigationPropertyBinding", {"Path": path, "Target": target})
    return _annotated(element, vocabulary.of_set(declared))


def _annotated(element: Element, said: Annotations) -> Element:
    for term, value in said:
        element.append(_valued(Element("Annotation", {"Term": term}), value))
    return element


def _valued(element: Element, value: Any) -> Element:
    """The element with a value of the annotation language in it."""
    if isinstance(value, Mapping):
        record = SubElement(element, "Record")
        record.extend(_valued(Element("PropertyValue", {"Property": name}), each) for name, each in value.items())
    elif isinstance(value, tuple):
        collection = SubElement(element, "Collection")
        for each in value:
            _valued(collection, each)
    elif isinstance(value, bool):
        element.set("Bool", str(value).lower())
    else:
        element.set("PropertyPath" if isinstance(value, PropertyPath) else "String", value)
    return element


def _true(**facts: bool) -> dict[str, str]:
    """The facets that hold; the others are left to their default."""
    return {name: "true" for name, holds in facts.items() if holds}


def _nullable(nullable: bool) -> dict[str, str]:
    return {} if nullable else {"Nullable": "false"}
