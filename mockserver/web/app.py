"""The Flask app: wires the views to a world of sandboxes, and renders every refusal in the one shape."""

from __future__ import annotations

from functools import cache

from flask import Flask, request
from flask.sessions import SessionInterface
from werkzeug.routing import Map

from mockserver.settings import Settings
from mockserver.web import control, login, ui, views
from mockserver.web.answered import Answered
from mockserver.web.frame import CLIENT_REQUEST_ID, REFUSED, REQUEST_ID, VERSIONS, framed
from mockserver.web.logged import logged
from mockserver.web.refusals import LARGEST_BODY, refusal_of
from mockserver.web.render import error_answer
from mockserver.web.routes import rule, rules
from mockserver.world import World


def create_app(world: World, settings: Settings) -> Flask:
    """A WSGI app over these sandboxes. Nothing is shared between two apps but what they are given."""
    app = Flask("mockserver", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.url_map = _map()
    app.session_interface = _NoSession()
    app.endpoint(views.ENDPOINT)(views.view(world, settings))
    app.register_blueprint(control.blueprint(world, settings))
    app.register_blueprint(login.blueprint(world, settings))
    app.register_blueprint(ui.blueprint())
    app.register_error_handler(Exception, _refused)
    secrets = (settings.control_token,) if settings.control_token else ()
    app.wsgi_app = logged(framed(app.wsgi_app), secrets)  # type: ignore[method-assign, assignment]
    return app


@cache
def _map() -> Map:
    return Map(
        [
            *(rule(f"/{version}", views.ENDPOINT, *views.METHODS) for version in VERSIONS),
            *rules("control", control.ROUTES, "/_mock"),
            *rules("login", login.ROUTES),
            *rules("page", ui.ROUTES),
        ]
    )


class _NoSession(SessionInterface):
    """Nobody here has a session; opening an empty one would cost every request."""

    def open_session(self, app: Flask, request: object) -> None:
        return None

    def is_null_session(self, obj: object) -> bool:
        return True


def _refused(error: Exception) -> Answered:
    environ = request.environ
    request_id = environ[REQUEST_ID]
    refusal = refusal_of(error, request.method, request.path, request_id)
    environ[REFUSED] = refusal.code
    return Answered(error_answer(refusal, request_id, environ[CLIENT_REQUEST_ID]))
