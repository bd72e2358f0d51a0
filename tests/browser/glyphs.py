"""In which order a browser paints the signs of a text: by the boxes of its glyphs, not by the text."""

import re

import pypdfium2

# Of each element, the painted order of the signs of one string in it: lines from above, each from left to right.
PAINTED = """([elements, strings]) => elements.map((element, number) => {
  const signs = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(".visually-hidden, .unseen")) continue;
    for (let at = 0; at < node.data.length; at++) signs.push([node, at, node.data[at]]);
  }
  const start = signs.map((sign) => sign[2]).join("").indexOf(strings[number]);
  if (start < 0) return "not there: " + element.textContent;
  const boxes = [], lines = [];
  for (const [node, at, sign] of signs.slice(start, start + strings[number].length)) {
    if (!sign.trim()) continue;
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    boxes.push({ sign, middle: (box.top + box.bottom) / 2, height: box.height, left: (box.left + box.right) / 2 });
  }
  for (const box of boxes) {
    const line = lines.find((line) => Math.abs(line.middle - box.middle) < box.height / 2);
    if (line) line.boxes.push(box);
    else lines.push({ middle: box.middle, boxes: [box] });
  }
  lines.sort((one, other) => one.middle - other.middle);
  const inLine = (line) => line.boxes.sort((one, other) => one.left - other.left).map((box) => box.sign);
  return lines.flatMap(inLine).join("");
})"""


def painted(page, selector: str, strings: list[str]) -> list[str]:
    """The strings, one in each element that ``selector`` finds, as their signs stand from left to right; no blanks."""
    elements = page.query_selector_all(selector)
    assert len(elements) == len(strings), (len(elements), len(strings))
    return page.evaluate(PAINTED, [elements, strings])


def bare(text: str) -> str:
    """Without blanks, as `painted` has it."""
    return re.sub(r"\s", "", text)


def lines_of_pdf(data: bytes) -> str:
    """The signs of a printed page as they stand: lines from above, each from left to right, without blanks."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        text = page.get_textpage()
        signs = [(text.get_text_range(place, 1), text.get_charbox(place)) for place in range(text.count_chars())]
        lines: list[tuple[float, list]] = []  # the middle of each, and its signs with their places
        for sign, (left, bottom, right, top) in signs:
            if not sign.strip() or top <= bottom:
                continue
            line = next((line for line in lines if bottom - 4 < line[0] < top + 4), None)
            if not line:
                line = ((bottom + top) / 2, [])
                lines.append(line)
            line[1].append(((left + right) / 2, sign))
        found += ["".join(sign for _place, sign in sorted(line[1])) for line in sorted(lines, reverse=True)]
    return "\n".join(found)
