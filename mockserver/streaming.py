"""Sends an answer that goes on: server-sent events, say. Awaited on the event loop, so it holds up nobody."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_log = logging.getLogger("mockserver")


async def stream(chunks: AsyncGenerator[bytes], receive: Receive, send: Send, stop: asyncio.Event) -> None:
    """The rest of a body, as it comes, until it ends, the client goes away or `stop` is set; then it is closed."""
    sending = asyncio.create_task(_sent(chunks, send))
    leaving = asyncio.create_task(_gone(receive))
    stopping = asyncio.create_task(stop.wait())
    tasks = (sending, leaving, stopping)
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone = leaving.done()
        for task in tasks:
            task.cancel()
        failed, *_ = await asyncio.gather(*tasks, return_exceptions=True)
        await chunks.aclose()
    if gone:
        return
    if isinstance(failed, Exception):
        _log.error("a stream of events failed", exc_info=failed)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _sent(chunks: AsyncGenerator[bytes], send: Send) -> None:
    async for chunk in chunks:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
