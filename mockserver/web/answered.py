"""An answer as Flask sends it."""

from __future__ import annotations

from flask import Response
from werkzeug.datastructures import Headers

from mockserver.web.call import Answer


class Answered(Response):
    """The response of an `Answer`, whose headers are complete when it is made."""

    automatically_set_content_length = False

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.body, answer.status, content_type=answer.content_type)
        if answer.body:
            self.headers["Content-Length"] = str(len(answer.body))
        else:
            del self.headers["Content-Type"]
        for name, value in answer.headers.items():
            self.headers[name] = value

    def get_wsgi_headers(self, environ: object) -> Headers:
        """The headers as they are: Werkzeug would copy them to correct what is never wrong here."""
        return self.headers
