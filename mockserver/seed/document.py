"""A fixture document, as text or as values, becomes a tenant: all of it, or an error that lists every problem."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from mockserver.core.behaviour import Behaviour
from mockserver.core.edm import Model
from mockserver.core.tenant import Tenant
from mockserver.model import MODEL
from mockserver.seed import collector
from mockserver.seed.draft import Draft
from mockserver.seed.entities import tenant_of
from mockserver.seed.format.rows import rows_of
from mockserver.seed.moments import second
from mockserver.seed.problems import Finding, FixtureError, Problem, refusal
from mockserver.seed.rules import RULES
from mockserver.seed.text.reading import Read
from mockserver.seed.text.source import read, text_of

__all__ = ["FixtureError", "Problem", "from_document", "load", "to_document"]


def load(
    source: Path | str | bytes, *, behaviour: Behaviour, now: datetime, model: Model = MODEL, name: str = "<text>"
) -> Tenant:
    """The tenant of a file (a Path) or of a text, YAML or JSON. Raises FixtureError with every problem and its line.

    `now` is the moment that the document's durations lead back from, `name` what problems call a text. What has a name
    that ends in `.json` is nothing else.
    """
    file = str(source) if isinstance(source, Path) else name
    with collector.resting():
        return _tenant(read(text_of(source, file), file), file, behaviour, now, model)


def from_document(document: Any, *, behaviour: Behaviour, now: datetime, model: Model = MODEL) -> Tenant:
    """The tenant of a document that is values already. Raises FixtureError; its problems have keys, but no lines."""
    with collector.resting():
        return _tenant(Read(document), "", behaviour, now, model)


def to_document(tenant: Tenant, now: datetime) -> dict[str, Any]:
    """The tenant as a fixture document: plain values, ready for YAML or JSON, that load into an equal tenant."""
    from mockserver.seed.export import document_of  # only here, because most mocks are never asked for it

    return document_of(tenant, now)


def _tenant(text: Read, file: str, behaviour: Behaviour, now: datetime, model: Model) -> Tenant:
    findings: list[Finding] = list(text.findings)
    draft = Draft(rows_of(text.value, findings), model, behaviour)
    findings.extend(finding for rule in RULES for finding in rule(draft))
    if findings:
        raise refusal(file, findings, text.lines_of)
    return tenant_of(draft, second(now))
