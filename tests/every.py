"""Facts that hold for all of a kind, of which there are hundreds: one test each, not one for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def for_every(values: Iterable[Any]) -> Callable[[Any], Any]:
    """The test, or each test of the class, asked of every value; a failure says of which.

    As parametrised tests they would take most of the time of the whole suite and could hardly fail apart.
    """
    asked = list(values)
    assert asked

    def decorate(test: Any) -> Any:
        if isinstance(test, type):
            for name in [each for each in vars(test) if each.startswith("test_")]:
                setattr(test, name, decorate(vars(test)[name]))
            return test

        def of_all(*instance: Any) -> None:
            for value in asked:
                try:
                    test(*instance, value)
                except Exception as problem:
                    problem.add_note(f"of {value!r}")
                    raise

        of_all.__name__, of_all.__qualname__, of_all.__doc__ = test.__name__, test.__qualname__, test.__doc__
        of_all.__module__ = test.__module__
        return of_all

    return decorate
