"""The virtual printer's front panel, as pages on a port of this machine.

What is wrong with the printer is switched on and off here, by a person or by a test; what is on
paper is told apart from what was received. It answers this machine alone, and changes nothing
for a page that came from elsewhere.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self
from urllib.parse import parse_qsl, urlsplit

from printers import picture
from printers.paper import piece_to_row
from printers.simulator.machine import Faults
from printers.simulator.server import Simulator

LONGEST_FORM_BYTES: Final = 64 * 1024
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_ACTIONS: Final[Mapping[str, Callable[[Simulator], None]]] = {
    "reload": Simulator.reload_paper,
    "mend": Simulator.mend,
    "refuse": Simulator.refuse,
    "accept": Simulator.accept_again,
    "power-off": Simulator.power_off,
    "power-on": Simulator.power_on,
}


class BadFaultError(ValueError):
    """A fault that there is not, or a value that it cannot have."""


def read_fault(name: str, text: str) -> Any:
    """Read the value of one field of `Faults` as typed; bytes are written in hexadecimal.

    Raises `BadFaultError`.
    """
    kinds = {field.name: field.type for field in fields(Faults)}
    if name not in kinds:
        raise BadFaultError(f"there is no fault {name}: choose one of {', '.join(kinds)}")
    try:
        match kinds[name]:
            case kind if kind is bool:
                return {"0": False, "false": False, "": False, "1": True, "true": True}[text]
            case kind if kind is bytes:
                return bytes.fromhex(text)
            case kind if kind is float:
                return min(max(0.0, float(text)), 3600.0)
            case _:
                return None if text == "" else min(max(0, int(text)), 10**9)
    except (KeyError, ValueError):
        raise BadFaultError(f"{name} cannot be {text!r}") from None


def state(simulator: Simulator) -> dict[str, Any]:
    """Tell how the printer is, what it received, and what is on its paper, as JSON can say it."""
    faults = asdict(simulator.faults)
    return {
        "address": simulator.address,
        "listening": simulator.is_listening,
        "idle": simulator.is_idle,
        "received_bytes": simulator.received_bytes,
        "faults": {**faults, "stale_bytes": faults["stale_bytes"].hex()},
        "paper": simulator.on_paper(),
    }


class ControlPanel:
    """Serves the panel of one simulator on `127.0.0.1:port`; port 0 takes a free one."""

    def __init__(self, simulator: Simulator, port: int = 0) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler_for(simulator))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler_for(simulator: Simulator) -> type[BaseHTTPRequestHandler]:
    class Handler(_Panel):
        printer = simulator

    return Handler


class _Panel(BaseHTTPRequestHandler):
    printer: Simulator

    def do_GET(self) -> None:
        """GET /, /state, /paper?after=N and /paper.svg."""
        address = urlsplit(self.path)
        match address.path if self._is_from_here() else "":
            case "/":
                self._say(HTTPStatus.OK, "text/html", _page(self.printer))
            case "/state":
                self._say_json(state(self.printer))
            case "/paper":
                asked = dict(parse_qsl(address.query)).get("after", "0")
                after = int(asked) if asked.isdecimal() else 0
                self._say_json([piece_to_row(piece) for piece in self.printer.paper[after:]])
            case "/paper.svg":
                self._say(HTTPStatus.OK, "image/svg+xml", _drawn(self.printer))
            case _:
                self._say(HTTPStatus.NOT_FOUND, "text/plain", "There is no such page.")

    def do_POST(self) -> None:
        """POST /faults with fields of `Faults`, or /<action>; answers with the state."""
        form = self._form()
        if not self._is_from_here():
            self._say(HTTPStatus.FORBIDDEN, "text/plain", "Only for pages of this machine.")
            return
        action = self.path.strip("/")
        try:
            if action == "faults":
                self.printer.set_faults(
                    **{name: read_fault(name, text) for name, text in form.items()}
                )
            else:
                _ACTIONS[action](self.printer)
        except KeyError:
            self._say(HTTPStatus.NOT_FOUND, "text/plain", f"Choose one of {', '.join(_ACTIONS)}.")
        except (BadFaultError, OSError) as error:
            self._say(HTTPStatus.BAD_REQUEST, "text/plain", str(error))
        else:
            self._go_back()

    def log_message(self, *_: object) -> None:
        """Keep quiet: the console is for the printer."""

    def _form(self) -> dict[str, str]:
        length = self.headers.get("Content-Length", "0")
        most = min(int(length), LONGEST_FORM_BYTES) if length.isdecimal() else 0
        return dict(parse_qsl(self.rfile.read(most).decode("utf-8", "replace"), True))  # noqa: FBT003 - empty values count

    def _is_from_here(self) -> bool:
        """Say whether it was asked under a name of this machine, and by its own page if by one."""
        host = self.headers.get("Host", "")
        origin = self.headers.get("Origin")
        return host.rpartition(":")[0] in _LOOPBACK and origin in (None, f"http://{host}")

    def _go_back(self) -> None:
        """Show a browser the page again, and anybody else the state."""
        if "text/html" not in self.headers.get("Accept", ""):
            self._say_json(state(self.printer))
            return
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _say_json(self, answer: object) -> None:
        self._say(HTTPStatus.OK, "application/json", json.dumps(answer))

    def _say(self, status: HTTPStatus, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def _drawn(simulator: Simulator) -> str:
    kind = simulator.profile
    return picture.as_svg(simulator.paper, kind.paper_dots, kind.columns, "Paper")


_STYLE: Final = (
    "body{font:16px/1.5 sans-serif;margin:24px;display:flex;gap:32px;flex-wrap:wrap}"
    "main{max-width:440px}button{min-height:48px;padding:0 16px;margin:0 8px 8px 0;font:inherit}"
    "[aria-pressed=true]{background:#123;color:#fff}td{padding-right:16px}"
    "iframe{border:1px solid #888;width:480px;height:90vh}label{display:block}"
    "input{min-height:44px;font:inherit}"
)


def _page(simulator: Simulator) -> str:
    """Lay the panel out: what is switched, a form for each fault, what is on paper."""
    now = state(simulator)
    facts = {
        "Listens": now["listening"],
        "Received bytes": now["received_bytes"],
        **{f"On paper: {name}": value for name, value in now["paper"].items()},
    }
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(str(value))}</td></tr>"
        for name, value in facts.items()
    )
    actions = "".join(
        f'<button formaction="/{action}">{action.replace("-", " ")}</button>' for action in _ACTIONS
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Virtual printer</title><style>{_STYLE}</style><main>"
        f"<h1>{escape(now['address'])}</h1><table>{rows}</table>"
        f'<form method="post">{actions}</form><h2>Faults</h2>'
        + "".join(_fault_form(name, value) for name, value in now["faults"].items())
        + '</main><iframe title="Paper" src="/paper.svg"></iframe></html>'
    )


def _fault_form(name: str, value: object) -> str:
    words = escape(name.replace("_", " "))
    if isinstance(value, bool):
        pressed, wanted = ("true", "0") if value else ("false", "1")
        control = (
            f'<button name="{name}" value="{wanted}" aria-pressed="{pressed}">{words}</button>'
        )
    else:
        shown = escape("" if value is None else str(value))
        control = (
            f'<label>{words} <input name="{name}" value="{shown}"></label><button>set</button>'
        )
    return f'<form method="post" action="/faults">{control}</form>'
