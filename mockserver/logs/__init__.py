"""What a running mock says of itself while it serves: one line for each request, as text or JSON, without secrets.

Everything goes to the loggers of the standard library below `mockserver`, so a program that embeds the mock decides by
itself what becomes of it; by default that is nothing below a warning. `mockserver serve` writes it to standard error.
"""

from mockserver.logs.formats import FORMATS, LEVELS, written

__all__ = ["FORMATS", "LEVELS", "written"]
