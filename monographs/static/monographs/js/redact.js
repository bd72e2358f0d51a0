// Puts the words that are marked in a reply into the field of those that are taken out. Without it they are copied by hand.
"use strict";
(() => {
  const text = document.querySelector("[data-redact-text]");
  const field = document.querySelector("[data-redact-passages]");
  const button = document.querySelector("[data-redact-take]");
  const said = document.querySelector("[data-redact-said]");
  if (!text || !field || !button) return;
  button.hidden = false;
  let marked = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (selection.rangeCount && text.contains(selection.getRangeAt(0).commonAncestorContainer)) {
      marked = selection.toString();
    }
  });
  button.addEventListener("click", () => {
    const lines = marked.split("\n").map((line) => line.trim()).filter(Boolean);
    said.textContent = lines.length ? lines.join(" · ") : said.dataset.none;
    if (!lines.length) return;
    const before = field.value.trim();
    field.value = [...(before ? [before] : []), ...lines].join("\n");
    marked = "";
  });
})();
