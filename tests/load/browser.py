"""As much of a browser as the people of this load need: cookies, and forms that are filled in as they were sent."""

import http.client
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

HOST = "localhost"
PATIENCE = 20  # seconds


@dataclass
class Answer:
    """``status`` is 0 where the server hung up before it had answered."""

    status: int
    text: str = ""
    location: str = ""


@dataclass
class Form:
    """Where it goes to, and its fields in their order."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[tuple[str, str]] = field(default_factory=list)  # that are not ticked

    def filled(self, **changed: str) -> list[tuple[str, str]]:
        """The fields as they stand, those in ``changed`` replaced or added."""
        return [pair for pair in self.fields if pair[0] not in changed] + list(changed.items())

    def value(self, name: str) -> str:
        return next((value for known, value in self.fields if known == name), "")


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self._area = self._select = ""
        self._text: list[str] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(named.get("action", "")))
            self._is_open = True
        elif self._is_open and tag in ("input", "textarea", "select") and named.get("name"):
            self._begin(tag, named, is_set="checked" in named)
        elif self._select and tag == "option" and "selected" in named:
            self.forms[-1].fields.append((self._select, named.get("value", "")))

    def _begin(self, tag: str, named: dict[str, str], *, is_set: bool) -> None:
        name, kind = named["name"], named.get("type", "text")
        if tag == "textarea":
            self._area, self._text = name, []
        elif tag == "select":
            self._select = name
        elif kind in ("checkbox", "radio"):
            pair = (name, named.get("value", "on"))
            (self.forms[-1].fields if is_set else self.forms[-1].boxes).append(pair)
        elif kind not in ("submit", "button", "file", "password", "image"):
            self.forms[-1].fields.append((name, named.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.forms[-1].fields.append((self._area, "".join(self._text).removeprefix("\n")))
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._is_open = False


def forms_in(page: str) -> list[Form]:
    parser = _Forms()
    parser.feed(page)
    return parser.forms


class Browser:
    """One person's: keeps its connection and its cookies; follows no redirection."""

    def __init__(self, socket_path: str):
        self._socket_path, self.cookies = socket_path, {}
        self.sent_from = ""  # the network address that a proxy would tell; empty: none
        self._client: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: list[tuple[str, str]] | dict[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(fields))

    def log_in(self, username: str, password: str) -> bool:
        page = self.get("/admin/login/?next=/admin/")
        login = next((form for form in forms_in(page.text) if form.value("csrfmiddlewaretoken")), None)
        if not login:
            return False
        return self.post("/admin/login/", login.filled(username=username, password=password)).status == 302

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Host": HOST, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self.sent_from:
            headers["X-Forwarded-For"] = self.sent_from  # as nginx would say
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._client = self._client or _Connection(self._socket_path)
            self._client.request(method, path, body, headers)
            answer = self._client.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self._hang_up()
            return Answer(0)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.will_close:
            self._hang_up()
        return Answer(answer.status, text, answer.getheader("Location", ""))

    def _hang_up(self) -> None:
        with suppress(OSError):
            if self._client:
                self._client.close()
        self._client = None


class _Connection(http.client.HTTPConnection):
    """Over the server's socket in the file system, as nginx asks; never to another machine."""

    def __init__(self, path: str):
        super().__init__(HOST, timeout=PATIENCE)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)
