"""What readers really get of a page: its words on paper and where they stand, said aloud, told by the accessibility
tree, and copied."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pypdfium2 as pdfium
from playwright.sync_api import Locator, Page, expect

# Points: what Chromium calls A4 and Letter, and the margins of print.css at the sides (18 mm).
SHEETS = {"A4": (595.92, 842.88), "Letter": (612, 792)}
SIDE = 18 / 25.4 * 72

_RECORD_SPEECH = """() => {
  window.spoken = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", {value: {
    speak(one) { window.spoken.push(one.text); setTimeout(() => one.onend?.(), 0); },
    cancel() {},
    getVoices: () => [{lang: document.documentElement.lang, localService: true}],
  }});
}"""


@dataclass(frozen=True)
class Sheet:
    """A printed page: ``text`` as a PDF reader gives it, ``boxes`` of its signs as (sign, left, bottom, right, top) in
    points from the lower left, without blanks."""

    width: float
    height: float
    text: str
    boxes: tuple[tuple[str, float, float, float, float], ...]

    @cached_property
    def lines(self) -> list[list[tuple[str, float, float, float, float]]]:
        """The boxes by lines, from the top, each from the left: what stands at one height is one line."""
        found: list[list] = []
        for box in sorted(self.boxes, key=lambda box: -(box[2] + box[4])):
            middle = (box[2] + box[4]) / 2
            if found and found[-1][0][2] <= middle <= found[-1][0][4]:
                found[-1].append(box)
            else:
                found.append([box])
        return [sorted(line, key=lambda box: box[1]) for line in found]


def printed(page: Page, paper: str) -> list[Sheet]:
    """The page as the browser prints it on ``paper``, one Sheet for each sheet."""
    document = pdfium.PdfDocument(page.pdf(format=paper))
    return list(_sheets(document))


def _sheets(document: pdfium.PdfDocument) -> Iterator[Sheet]:
    for page in document:
        words = page.get_textpage()
        signs = [words.get_text_range(place, 1) for place in range(words.count_chars())]
        boxes = [(sign, *words.get_charbox(place, loose=True)) for place, sign in enumerate(signs) if sign.strip()]
        yield Sheet(*page.get_size(), words.get_text_bounded(), tuple(boxes))


def without_foot(sheet: Sheet) -> str:
    """The words of a sheet without what is printed at its foot: version and number of the page."""
    return re.sub(r"^.*\d+ / \d+\r?\n|\r?\n.*\d+ / \d+$", "", sheet.text, count=1)


def letters(text: str) -> str:
    """Letters, digits and signs alone, without blanks, invisible signs and marks over letters: what can be held against
    the words of a PDF, which break where lines break."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        sign for sign in plain if not sign.isspace() and unicodedata.category(sign) not in {"Mn", "Cf", "Cc"}
    )


def missing_words(wanted: list[str], found: list[str]) -> list[str]:
    """Those of ``wanted`` from the first on that is not in ``found`` in its turn; [] where all are there in order."""
    place = 0
    for number, word in enumerate(wanted):
        try:
            place = found.index(word, place) + 1
        except ValueError:
            return wanted[number:]
    return []


def spoken(page: Page, address: str) -> list[str]:
    """What the Listen button of the page at ``address`` says, an utterance a line."""
    page.add_init_script(f"({_RECORD_SPEECH})()")
    page.goto(address)
    button = page.locator("[data-listen]")
    words = button.inner_text()
    button.click()
    expect(button).to_have_text(words)  # as before, when all is said
    return page.evaluate("window.spoken")


def accessible_words(page: Page, place: Locator) -> str:
    """What the accessibility tree says of the element, blocks and line breaks parted by a line end.

    Numbers of lists count, the dots before their items do not.
    """
    session = page.context.new_cdp_session(page)
    place.evaluate("one => { window.lookedAt = one; }")
    found = session.send("Runtime.evaluate", {"expression": "window.lookedAt"})
    node = session.send("DOM.describeNode", {"objectId": found["result"]["objectId"]})["node"]
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {one["nodeId"]: one for one in tree}
    [root] = [one for one in tree if one.get("backendDOMNodeId") == node["backendNodeId"]]
    return re.sub(r"\s*\n\s*", "\n", "".join(_said(root, by_id))).strip()


_IN_A_LINE = {"strong", "emphasis", "link", "code", "time", "none", "StaticText", "ListMarker", "InlineTextBox"}


def _said(node: dict, by_id: dict) -> Iterator[str]:
    role = node.get("role", {}).get("value", "none")
    name = node.get("name", {}).get("value", "")
    if role == "ListMarker":
        yield name if any(sign.isdigit() for sign in name) else ""
    elif role == "StaticText":
        yield name
    elif role == "LineBreak":
        yield "\n"
    elif role in {"image", "img"}:
        yield f" {name} "
    else:
        end = "" if role in _IN_A_LINE else "\n"
        yield end
        for child in node.get("childIds", []):
            yield from _said(by_id[child], by_id)
        yield end


def copied(page: Page, place: Locator) -> str:
    """What is on the clipboard after the element was marked and copied with the keys of the browser."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.bring_to_front()
    place.evaluate("one => getSelection().selectAllChildren(one)")
    page.keyboard.press("Control+c")
    return page.evaluate("navigator.clipboard.readText()")


def numbers(text: str) -> list[str]:
    """The numbers of a text, as they stand: ``["5", "2.5", "1,000"]``."""
    return re.findall(r"\d+(?:[.,]\d+)*", text)
