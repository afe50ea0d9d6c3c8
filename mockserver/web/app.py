"""The Flask app: wires the views to a world of sandboxes, and renders every refusal in the one shape."""

from __future__ import annotations

import logging

from flask import Flask, request
from flask.sessions import SessionInterface
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from mockserver.core.errors import (
    BadRequest,
    GraphError,
    MethodNotAllowed,
    NoSuchAddress,
    PayloadTooLarge,
    Unexpected,
)
from mockserver.settings import Settings
from mockserver.web import control, login, ui, views
from mockserver.web.answered import Answered
from mockserver.web.frame import CLIENT_REQUEST_ID, REQUEST_ID, framed
from mockserver.web.render import error_answer
from mockserver.world import World

LARGEST_BODY = 4 * 1024 * 1024
"""In bytes. Graph takes 4 MB."""

_log = logging.getLogger("mockserver")


def create_app(world: World, settings: Settings) -> Flask:
    """A WSGI app over these sandboxes. Nothing is shared between two apps but what they are given."""
    app = Flask("mockserver", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.session_interface = _NoSession()
    app.register_blueprint(views.blueprint(world, settings))
    app.register_blueprint(control.blueprint(world, settings))
    app.register_blueprint(login.blueprint(world, settings))
    app.register_blueprint(ui.blueprint())
    app.register_error_handler(Exception, _refused)
    app.wsgi_app = framed(app.wsgi_app)  # type: ignore[method-assign, assignment]
    return app


class _NoSession(SessionInterface):
    """Nobody here has a session; opening an empty one would cost every request."""

    def open_session(self, app: Flask, request: object) -> None:
        return None

    def is_null_session(self, obj: object) -> bool:
        return True


def _refused(error: Exception) -> Answered:
    refusal = error if isinstance(error, GraphError) else _translated(error)
    environ = request.environ
    return Answered(error_answer(refusal, environ[REQUEST_ID], environ[CLIENT_REQUEST_ID]))


def _translated(error: Exception) -> GraphError:
    if isinstance(error, RequestEntityTooLarge):
        return PayloadTooLarge(limit=LARGEST_BODY)
    if isinstance(error, HTTPException):
        if error.code == 404:
            return NoSuchAddress(path=request.path)
        if error.code == 405:
            return MethodNotAllowed()
        refusal = BadRequest(message=error.description or error.name)
        refusal.status = error.code or 400
        return refusal
    _log.exception("%s %s failed (request-id %s)", request.method, request.path, request.environ[REQUEST_ID])
    return Unexpected()
