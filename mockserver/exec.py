"""`mockserver exec`: a program in the environment of a mock, which is started for it where none runs."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mockserver.environment import exported
from mockserver.running import ask

if TYPE_CHECKING:
    from mockserver.serve import Prepared

NOT_FOUND, NOT_RUNNABLE, KILLED = 127, 126, 128
"""Exit codes as shells have them; to the last one the number of the signal is added."""

_FORWARDED = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2")


class Unavailable(Exception):
    """The program cannot be run; exit code, and a sentence for the user."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def execute(command: Sequence[str], way: str, root: str, token: str, prepare: Callable[[], Prepared]) -> int:
    """Run the program to its end and return its exit code. `prepare` makes a mock ready where none runs at `root`.

    Raises Unavailable, and OSError and ValueError with a sentence where there is no mock for it.
    """
    try:
        ask(root, token)
    except (OSError, ValueError):
        return asyncio.run(_with_own_mock(command, way, prepare()))
    return asyncio.run(_run(command, way, root, token))


async def _with_own_mock(command: Sequence[str], way: str, mock: Prepared) -> int:
    async with _serving(mock):
        return await _run(command, way, mock.listeners.addresses.http, mock.settings.control_token)


@asynccontextmanager
async def _serving(mock: Prepared) -> AsyncIterator[None]:
    """In the loop that also waits for the program: so neither outlives the other, however it ends."""
    serving = asyncio.create_task(mock.listeners.serve(mock.app))
    try:
        yield
    finally:
        mock.listeners.stop()
        await serving
        mock.listeners.close()
        mock.world.close()


async def _run(command: Sequence[str], way: str, root: str, token: str) -> int:
    with TemporaryDirectory(prefix="mockserver-") as folder, _signals_caught() as signals:
        mock = await asyncio.to_thread(ask, root, token)
        made = exported(way, root, mock, Path(folder), os.environ)
        program = await _started(command, {**os.environ, **made})
        signals.reach(program)
        code = await program.wait()
    return KILLED - code if code < 0 else code


async def _started(command: Sequence[str], environment: Mapping[str, str | None]) -> Process:
    name, *arguments = command
    set_to = {variable: value for variable, value in environment.items() if value is not None}
    try:
        # Windows finds no command without its ending by itself.
        return await asyncio.create_subprocess_exec(shutil.which(name) or name, *arguments, env=set_to)
    except FileNotFoundError:
        raise Unavailable(NOT_FOUND, f"There is no command {name!r}.") from None
    except OSError as error:
        raise Unavailable(NOT_RUNNABLE, f"Cannot run {name!r}: {error.strerror}.") from None


class _Signals:
    """Passes on to the program what this process is told, also what it was told before the program was there."""

    def __init__(self) -> None:
        self._program: Process | None = None
        self._early: list[int] = []

    def take(self, number: int) -> None:
        if self._program is None:
            self._early.append(number)
        elif not _goes_to_all(number):
            self._send(self._program, number)

    def reach(self, program: Process) -> None:
        self._program = program
        for number in self._early:
            self._send(program, number)

    def _send(self, program: Process, number: int) -> None:
        with suppress(ProcessLookupError):
            program.send_signal(number)


@contextmanager
def _signals_caught() -> Iterator[_Signals]:
    signals, loop = _Signals(), asyncio.get_running_loop()
    named = [getattr(signal, name) for name in _FORWARDED if hasattr(signal, name)]
    # What this process was told to ignore, as by nohup, the program ignores too.
    numbers = [number for number in named if signal.getsignal(number) is not signal.SIG_IGN]
    try:
        for number in numbers:
            loop.add_signal_handler(number, signals.take, number)
    except NotImplementedError:  # Windows, where Ctrl-C reaches the program by itself
        signal.signal(signal.SIGINT, lambda *_: None)
        numbers = []
    yield signals
    for number in numbers:
        loop.remove_signal_handler(number)


def _goes_to_all(number: int) -> bool:
    """Whether the program has it already: a key such as Ctrl-C is for all that run in the terminal's foreground."""
    if sys.platform == "win32" or number not in (signal.SIGINT, signal.SIGQUIT):
        return False
    try:
        terminal = os.open(os.ctermid(), os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)
