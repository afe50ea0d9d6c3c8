"""Letting time pass in a sandbox whose clock stands still."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from mockserver.sandbox import Clock, Sandbox


def wait(at: Sandbox, **length: Any) -> None:
    """Set its clock ahead, or back; what is due by then happens when somebody looks."""
    at.state = replace(at.state, clock=Clock(frozen=at.now() + timedelta(**length)))
