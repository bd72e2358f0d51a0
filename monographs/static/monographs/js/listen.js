// Reads the leaflet aloud with the device's own voice, a block at a time: long texts stop some browsers.
const BLOCKS = "h1, h2, h3, h4, p, li, td, th";

function blocks(article) {
  return [...article.querySelectorAll(BLOCKS)].filter(
    (block) => !block.closest(".contents, .sources, .print-only") && !block.querySelector(BLOCKS),
  );
}

function start() {
  const button = document.querySelector("[data-listen]");
  const article = document.querySelector("article.leaflet");
  if (!button || !article || !("speechSynthesis" in window)) return;
  const words = button.textContent;
  const language = document.documentElement.lang;
  let isReading = false;

  const stop = () => {
    isReading = false;
    speechSynthesis.cancel();
    button.textContent = words;
  };
  const read = ([block, ...rest]) => {
    if (!isReading) return;
    if (!block) return stop();
    const speech = new SpeechSynthesisUtterance(block.textContent.trim());
    speech.lang = language;
    speech.rate = 0.95;
    speech.onend = () => read(rest);
    speech.onerror = stop;
    speechSynthesis.speak(speech);
  };
  button.addEventListener("click", () => {
    if (isReading) return stop();
    isReading = true;
    button.textContent = button.dataset.stop;
    read(blocks(article));
  });
  addEventListener("pagehide", stop);
  button.hidden = false;
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
