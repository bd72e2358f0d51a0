// Working the queue by keyboard, and no decision sent twice. All of it works without this file, by mouse or Tab.
"use strict";

const items = [...document.querySelectorAll("[data-reply]")];
const done = document.querySelector("[data-queue-done]");
const help = document.querySelector("[data-queue-keys]");
const STORE = "queue-keys-off";
let areKeysOn = true;
let last = null; // the reply that had the focus most recently

try {
  areKeysOn = localStorage.getItem(STORE) === null;
} catch {
  // A browser that keeps nothing: the keys are on.
}

function showHelp() {
  if (!help) return;
  const button = help.querySelector("[data-queue-keys-switch]");
  help.hidden = false;
  help.querySelector("[data-queue-keys-list]").hidden = !areKeysOn;
  button.textContent = areKeysOn ? button.dataset.off : button.dataset.on;
}

help?.querySelector("[data-queue-keys-switch]").addEventListener("click", () => {
  areKeysOn = !areKeysOn;
  try {
    if (areKeysOn) localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, "1");
  } catch {
    // It holds for this page only.
  }
  showHelp();
});

function go(item) {
  if (!item) return;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const here = document.activeElement.closest("[data-reply]") || (document.activeElement === document.body ? last : null);
  if (here) return go(items[items.indexOf(here) + step]);
  const following = done?.dataset.next && document.getElementById(`reply-${done.dataset.next}`);
  return go(step > 0 ? following || items[0] : items.at(-1));
}

function isTyping(target) {
  return target.closest("input:not([type=hidden]), textarea, select, [contenteditable]") !== null;
}

function press(place, key) {
  const control = place?.querySelector(`[data-key="${key}"]`);
  if (!control) return false;
  if (control.localName !== "summary") {
    control.click();
    return true;
  }
  control.parentElement.open = true;
  control.parentElement.querySelector("select, input[type=text], textarea").focus();
  return true;
}

function choose(item) {
  const box = item?.querySelector("[data-choose]");
  if (!box) return false;
  box.checked = !box.checked;
  return true;
}

function showOrHideHelp() {
  const list = help?.querySelector("[data-queue-keys-list]");
  if (!list) return false;
  list.hidden = !list.hidden;
  return true;
}

// Whether the key meant something here.
function act(key, item) {
  if (key === "?") return showOrHideHelp();
  if (key === "x") return choose(item);
  if (key.length !== 1 || !"arsueotp".includes(key)) return false;
  return press(item, key) || (key === "u" && press(done, key));
}

document.addEventListener("focusin", (event) => {
  last = event.target.closest("[data-reply]") || last;
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const item = event.target.closest("[data-reply]");
  if (isTyping(event.target)) {
    if (event.key === "Escape" && item) go(item);
    return;
  }
  if (!areKeysOn || event.repeat && !["j", "k", "ArrowDown", "ArrowUp"].includes(event.key)) return;
  const isInQueue = event.target === document.body || event.target.closest(".queue") !== null;
  if (!isInQueue) return;
  if (event.key === "j" || (event.key === "ArrowDown" && (item || event.target === done))) move(1);
  else if (event.key === "k" || (event.key === "ArrowUp" && (item || event.target === done))) move(-1);
  else if (!act(event.key, item)) return;
  event.preventDefault();
});

// The text of a reason that is chosen, to be changed; words of one's own are left alone.
for (const form of document.querySelectorAll("form[data-reasons]")) {
  const chosen = form.querySelector("[data-chosen]");
  const text = form.querySelector("textarea");
  const texts = [...(chosen?.options ?? [])].map((option) => option.dataset.text ?? "");
  chosen?.addEventListener("change", () => {
    if (text.value.trim() === "" || texts.includes(text.value)) text.value = texts[chosen.selectedIndex];
  });
}

// A second click on a button that is on its way must not send it again.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent;
});

showHelp();
const asked = items.find((item) => `#${item.id}` === location.hash); // after something done with it on the list
(document.querySelector(".queue-refused") || done || asked)?.focus({ preventScroll: true });
