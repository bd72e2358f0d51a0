// Larger text, remembered on this device only. Runs on every page so that the choice holds on the next one.
const KEY = "text-size";
const page = document.documentElement;

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is switched off: the choice holds for this page
  }
}

function choose(size) {
  if (size === "large") page.dataset.textSize = "large";
  else delete page.dataset.textSize;
  document.querySelector("[data-text-size]:not(html)")?.setAttribute("aria-pressed", String(size === "large"));
}

function remember(size) {
  try {
    localStorage.setItem(KEY, size);
  } catch {
    // as above
  }
}

choose(remembered());
document.addEventListener("click", (event) => {
  if (!event.target.closest("button[data-text-size]")) return;
  const size = page.dataset.textSize === "large" ? "usual" : "large";
  choose(size);
  remember(size);
});
document.addEventListener("DOMContentLoaded", () => choose(page.dataset.textSize));
