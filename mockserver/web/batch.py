"""`$batch`: up to 20 requests in one, each answered as if it had come alone (graph_reference 5.12)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import orjson

from mockserver.core.errors import DependencyFailed, GraphError, InvalidBatch, MethodNotAllowed, echoed
from mockserver.web.call import Answer, Call
from mockserver.web.frame import new_request_id
from mockserver.web.render import error_answer
from mockserver.web.watched import watched

LARGEST = 20


@dataclass(frozen=True)
class Item:
    """One request of a batch."""

    id: str
    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    depends_on: tuple[str, ...] = ()


def batch(call: Call, answer: Callable[[Call], Answer]) -> Answer:
    """200 with an answer for each, however they went. Raises InvalidBatch where the batch itself is wrong."""
    if call.method != "POST":
        raise MethodNotAllowed()
    items = items_of(call.json())
    answered: dict[str, Answer] = {}
    for item in items:
        failed = [each for each in item.depends_on if answered[each.lower()].status >= 400]
        answered[item.id.lower()] = _refused(DependencyFailed(id=failed[0])) if failed else _one(call, item, answer)
    responses = [_response(item.id, answered[item.id.lower()]) for item in items]
    return Answer(200, orjson.dumps({"responses": responses}), content_type=call.content_type)


def items_of(body: Any) -> tuple[Item, ...]:
    """The requests of a batch, checked. Raises InvalidBatch."""
    requests = body.get("requests") if isinstance(body, Mapping) else None
    if not isinstance(requests, list) or not requests:
        raise InvalidBatch(message="A batch is an object with at least one entry in 'requests'.")
    if len(requests) > LARGEST:
        raise InvalidBatch(message="Number of requests inside batch exceed the limit")
    items = tuple(_item(each) for each in requests)
    for problem in _problems(items):
        raise InvalidBatch(message=problem)
    return items


def _item(said: Any) -> Item:
    texts = [said.get(name) for name in ("id", "method", "url")] if isinstance(said, Mapping) else [None]
    if not all(isinstance(each, str) and each for each in texts):
        raise InvalidBatch(message="Every request of a batch has an 'id', a 'method' and a 'url'.")
    headers, depends_on = said.get("headers") or {}, said.get("dependsOn") or said.get("depends_on") or []
    if not _all_text(headers, Mapping) or not _all_text(depends_on, list):
        raise InvalidBatch(message=f"The headers or 'dependsOn' of request '{said['id']}' are not text.")
    values = {name.lower(): value for name, value in dict(headers).items()}
    return Item(said["id"], said["method"].upper(), said["url"], values, said.get("body"), tuple(depends_on))


def _all_text(value: Any, kind: Any) -> bool:
    if not isinstance(value, kind):
        return False
    texts = [*value, *value.values()] if isinstance(value, Mapping) else list(value)
    return all(isinstance(each, str) for each in texts)


def _problems(items: tuple[Item, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for item in items:
        if item.id.lower() in seen:
            yield f"Request id '{item.id}' is used more than once."
        for other in item.depends_on:
            if other.lower() not in seen:
                yield f"Request '{item.id}' depends on '{other}', which does not stand before it."
        seen.add(item.id.lower())
        if item.body is not None and item.method in ("GET", "HEAD"):
            yield f"Request '{item.id}' has a body, which {item.method} does not take."


def _one(call: Call, item: Item, answer: Callable[[Call], Answer]) -> Answer:
    try:
        inner = _call(call, item)
    except GraphError as refusal:
        return _refused(refusal)
    answered = watched(inner, answer)
    call.delay = max(call.delay, inner.delay)
    return answered


def _refused(refusal: GraphError) -> Answer:
    request_id = new_request_id()
    return error_answer(refusal, request_id, request_id)


def _call(outer: Call, item: Item) -> Call:
    """The request as if it had come alone: of the same caller, to the same sandbox."""
    parts = _split(item.url)
    version, path = _version_and_path(outer, parts.path)
    if unquote(path).strip("/").lower() == "$batch":
        raise InvalidBatch(message="A batch cannot hold another one.")
    request_id = new_request_id()
    return Call(
        sandbox=outer.sandbox,
        version=version,
        method=item.method,
        path=path,
        query=parts.query,
        base=outer.base.removesuffix(outer.version) + version,
        headers=_Headers(outer, item),
        read=lambda: _content(item),
        access=outer.access,
        request_id=request_id,
        client_request_id=request_id,
        batch=outer.request_id,
    )


def _split(url: str) -> SplitResult:
    """A path may begin with two slashes, which is no host."""
    try:
        return urlsplit("/" + url.lstrip("/") if url.startswith("/") else url)
    except ValueError:
        raise InvalidBatch(message=f"'{echoed(url)}' is no URL.") from None


def _content(item: Item) -> bytes:
    """The body as bytes: JSON as it stands, anything else as the base64url text that stands for it."""
    if item.body is None:
        return b""
    if not isinstance(item.body, str) or "json" in item.headers.get("content-type", "json").lower():
        return orjson.dumps(item.body)
    try:
        return base64.urlsafe_b64decode(item.body + "=" * (-len(item.body) % 4))
    except ValueError:
        raise InvalidBatch(message=f"The body of request '{echoed(item.id)}' is not base64url.") from None


def _version_and_path(outer: Call, path: str) -> tuple[str, str]:
    """Relative to the version, or with it, or absolute: the Python SDK writes `http://host/beta//applications`."""
    segments = path.lstrip("/").split("/")
    if segments[0].lower() == "sandboxes":
        segments = segments[2:]
    if segments and segments[0] in ("beta", "v1.0"):
        return segments[0], "/".join(segments[1:])
    return outer.version, "/".join(segments)


class _Headers:
    """The item's own headers; who calls is said once, by the batch (clients.md 6)."""

    def __init__(self, outer: Call, item: Item) -> None:
        self._outer, self._own = outer, item.headers

    def get(self, key: str, default: str) -> str:
        if key == "Authorization":
            return self._outer.headers.get(key, default)
        return self._own.get(key.lower(), default)


def _response(key: str, answer: Answer) -> dict[str, Any]:
    said = {"id": key, "status": answer.status, "headers": dict(answer.headers)}
    if not answer.body:
        return said
    return {**said, "headers": {**answer.headers, "Content-Type": answer.content_type}, "body": _body(answer)}


def _body(answer: Answer) -> Any:
    if answer.content_type.startswith("application/json"):
        return orjson.Fragment(answer.body)
    if answer.content_type.startswith("text/"):
        return answer.body.decode()
    return base64.urlsafe_b64encode(answer.body).decode()
