// Marks in the contents which part of the leaflet is being read, and keeps that line in sight where they stand beside it.
function start() {
  const contents = document.querySelector("main > .leaflet > .contents");
  if (!contents || !("IntersectionObserver" in window)) return;
  const links = new Map();
  for (const link of contents.querySelectorAll("a")) {
    const part = document.getElementById(link.hash.slice(1))?.closest("section");
    if (part) links.set(part, link);
  }
  let current;
  const mark = (link) => {
    current?.removeAttribute("aria-current");
    current = link;
    link.setAttribute("aria-current", "true");
    const place = link.getBoundingClientRect();
    const frame = contents.getBoundingClientRect();
    if (place.top < frame.top) contents.scrollTop -= frame.top - place.top;
    if (place.bottom > frame.bottom) contents.scrollTop += place.bottom - frame.bottom;
  };
  // What crosses a line in the upper part of the window is being read; between two parts it is still the one before.
  const watch = (entries) => {
    const reached = entries.find((entry) => entry.isIntersecting);
    if (reached) mark(links.get(reached.target));
  };
  const line = new IntersectionObserver(watch, {rootMargin: "-15% 0px -84% 0px"});
  for (const part of links.keys()) line.observe(part);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
