"""Attempts to make text run in a reader's browser, and a look at pages for anything that would."""

import html.parser
import re

ATTEMPTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    '![x" onerror="alert(1)](x.png)',
    '![x](x.png "y\\" onerror=\\"alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</textarea></title></style><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "::: emergency\n<script>alert(1)</script>\n:::",
    '::: emergency" onclick="alert(1)\nx\n:::',
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<form action=https://evil.example><button>x</button></form>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<math><mi xlink:href='javascript:alert(1)'>x",
    "{{ clinic }}{% load i18n %}",
    "\u202e<script>alert(1)</script>",
)

_NEVER = {
    "iframe", "object", "embed", "svg", "math", "base", "frame", "frameset", "applet", "audio", "video", "template",
}  # fmt: skip
_ICONS = ("theme-icon-", "base-svgs", "people")  # drawn by Django's admin, and beside frequencies by us
_DATA = {"application/json", "application/ld+json"}  # no browser runs these
_ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "srcset", "poster", "data", "background"}
_SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*|[^/?#:]*)[\x00-\x20]*:")


class _Looker(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in _NEVER and not (tag == "svg" and attributes.get("class", "").startswith(_ICONS)):
            self.found.append(f"<{tag}>")
        self._script = tag in {"script", "style"} and attributes.get("type") not in _DATA
        if tag == "meta" and "http-equiv" in attributes:
            self.found.append("<meta http-equiv>")
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.found.append(f"<{tag} {name}={value!r}>")
            if name in _ADDRESSES and value:
                address = "".join(character for character in value if character not in "\t\r\n")
                scheme = _SCHEME.match(address)
                if scheme and scheme[1].lower() not in {"http", "https", "mailto", "tel", "sms"}:
                    self.found.append(f"<{tag} {name}={value!r}>")
                is_ours = address.startswith("http://testserver/")
                if tag in {"script", "link", "form", "button", "input"} and scheme and not is_ours:
                    self.found.append(f"<{tag} {name}={value!r}>")
                if tag in {"script", "link", "form", "img"} and address.startswith("//"):
                    self.found.append(f"<{tag} {name}={value!r}>")

    def handle_data(self, data):
        if self._script and data.strip():
            self.found.append(f"inline: {data[:60]!r}")

    def handle_endtag(self, tag):
        self._script = False


def alive_in(page: str) -> list[str]:
    """Whatever on the page would run, load or send something: tags, handlers, schemes, inline script or style."""
    looker = _Looker()
    looker.feed(page)
    looker.close()
    return looker.found
