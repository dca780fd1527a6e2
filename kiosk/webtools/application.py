"""One function that makes a Flask application, the same way for till and hub."""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from flask import Flask
from flask.templating import Environment as TemplateEnvironment
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from werkzeug.routing import IntegerConverter, Map

from kiosk.webtools.assets import Assets
from kiosk.webtools.headers import install_headers
from kiosk.webtools.hosts import install_host_check
from kiosk.webtools.i18n import install_i18n
from kiosk.webtools.pages import install_pages
from kiosk.webtools.sessions import install_sessions

REPOSITORY: Final = Path(__file__).parents[2]
TEMPLATES: Final = REPOSITORY / "templates"
STATIC: Final = REPOSITORY / "static"
OWN_TEMPLATES: Final = Path(__file__).parent / "templates"
LARGEST_FORM_BYTES: Final = 1 << 20
LARGEST_ROW_NUMBER: Final = 2**53


@dataclass(frozen=True)
class WebSettings:
    """What differs between the two programs and between machines.

    `allowed_hosts` are names besides loopback and the machine's own addresses; `bundles`
    joins static files (see assets); `error_style_sheets` dresses the error page.
    """

    cookie: str
    secret_key: str
    allowed_hosts: Iterable[str] = ()
    https: bool = False
    bundles: Mapping[str, Sequence[str]] = field(default_factory=dict)
    error_style_sheets: Sequence[str] = ()
    largest_request_bytes: int = LARGEST_FORM_BYTES
    templates: Path = TEMPLATES
    static: Path = STATIC


class Environment(TemplateEnvironment):
    """Templates that share one table of globals, for none of ours has its own.

    Jinja's chain of tables is copied for every fragment that is rendered.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give the globals of a template."""
        return super().make_globals(d) if d else self.globals


class RowNumber(IntegerConverter):
    """A whole number in an address that a database can hold; a longer one is no page of ours."""

    def __init__(self, rules: Map, **limits: Any) -> None:
        super().__init__(rules, **{"max": LARGEST_ROW_NUMBER, **limits})


def row_number(text: str) -> int:
    """Read a row's number that was sent in a form; raises ValueError for what no row has."""
    number = int(text)
    if not 0 <= number <= LARGEST_ROW_NUMBER:
        raise ValueError(text)
    return number


def create_flask(name: str, settings: WebSettings) -> Flask:
    """Make an application with headers, host check, sessions, languages and error pages.

    A template of the program hides the one of the same name that comes with this package.
    Raises AssetMissingError if a bundle names a file that is not there.
    """
    app = Flask(name, static_folder=None, template_folder=None)
    app.url_map.converters["int"] = RowNumber
    app.config["MAX_CONTENT_LENGTH"] = settings.largest_request_bytes
    _set_up_templates(app, settings)
    # In this order: a foreign Host is turned away before its form is looked at.
    install_headers(app)
    install_i18n(app)
    install_host_check(app, settings.allowed_hosts)
    install_sessions(
        app, cookie=settings.cookie, secret_key=settings.secret_key, https=settings.https
    )
    install_pages(app)
    assets = Assets(settings.static, settings.bundles)
    app.jinja_env.globals["static_url"] = assets.url
    app.wsgi_app = assets.serve_before(app.wsgi_app)  # type: ignore[method-assign,assignment] # as Flask means it
    return app


def _set_up_templates(app: Flask, settings: WebSettings) -> None:
    """Escape everything, refuse unknown names, and leave no blank lines behind."""
    app.jinja_environment = Environment
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(settings.templates), FileSystemLoader(OWN_TEMPLATES)]
    )
    app.jinja_options = {
        "undefined": StrictUndefined,
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_env.globals["error_style_sheets"] = settings.error_style_sheets
