// Reads the leaflet aloud with the device's own voice: the words of the article in their order, an utterance for each
// line of them, as long texts stop some browsers. What is only there to be pressed or to jump from is passed over.
const PASSED_OVER = "nav, button, script, style, .tools, [aria-hidden=true]";
const INLINE = new Set(["inline", "inline-block", "contents", "ruby"]);
const DECIMAL = /^(decimal|arabic-indic|persian|urdu|devanagari)/;

class Spoken {
  // Lines of words, put together from the pieces that stand side by side on the page.
  lines = [];
  line = "";

  add(words) {
    this.line += words;
  }

  addKeptLines(words) {
    const [first, ...others] = words.split("\n");
    this.line += first;
    for (const words of others) {
      this.endLine();
      this.line = words;
    }
  }

  endLine() {
    const words = this.line.replace(/\s+/g, " ").trim();
    if (words) this.lines.push(words);
    this.line = "";
  }
}

function number(item) {
  // What a numbered list shows before an item, where the browser counts and it is not written in the text.
  const list = item.parentElement;
  if (list?.localName !== "ol" || !DECIMAL.test(getComputedStyle(item).listStyleType)) return "";
  let count = list.start;
  for (const one of list.children) {
    if (one.localName !== "li") continue;
    if (one.hasAttribute("value")) count = one.value;
    if (one === item) return `${count}. `;
    count += 1;
  }
  return "";
}

function linesOf(...nodes) {
  const spoken = new Spoken();
  for (const node of nodes) read(node, spoken);
  spoken.endLine();
  return spoken.lines;
}

function tableLines(table) {
  // The heads, and then each row with them: "Age: Adult; Dose: 400 mg". A cell beyond the last head has none.
  const rows = [...table.rows];
  const words = (cell) => linesOf(...cell.childNodes).join(", ");
  const heads = rows[0] && [...rows[0].cells].every((cell) => cell.localName === "th") ? [...rows.shift().cells].map(words) : [];
  const withHead = (cell, place) => {
    const head = heads[place] ?? "";
    const value = words(cell);
    return head && value ? `${head}${/[:;?!؟؛]$/.test(head) ? "" : ":"} ${value}` : value;
  };
  const bodies = rows.map((row) => [...row.cells].map(withHead).filter(Boolean).join("; "));
  return [...(table.caption ? linesOf(table.caption) : []), heads.filter(Boolean).join("; "), ...bodies];
}

function read(node, spoken) {
  if (node.nodeType === Node.TEXT_NODE) {
    const keepsLines = getComputedStyle(node.parentElement).whiteSpace.startsWith("pre");
    return keepsLines ? spoken.addKeptLines(node.data) : spoken.add(node.data);
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(PASSED_OVER)) return;
  const {display, visibility} = getComputedStyle(node);
  if (display === "none" || visibility === "hidden") return;
  if (node.localName === "br" || node.localName === "hr") return spoken.endLine();
  if (node.localName === "img") return spoken.add(` ${node.alt} `);
  const isBlock = !INLINE.has(display);
  if (isBlock) spoken.endLine();
  if (node.localName === "table") spoken.lines.push(...tableLines(node).filter(Boolean));
  else {
    if (node.localName === "li") spoken.add(number(node));
    for (const child of node.childNodes) read(child, spoken);
  }
  if (isBlock) spoken.endLine();
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
  const say = ([line, ...rest]) => {
    if (!isReading) return;
    if (!line) return stop();
    const speech = new SpeechSynthesisUtterance(line);
    speech.lang = language;
    speech.rate = 0.95;
    speech.onend = () => say(rest);
    speech.onerror = stop;
    speechSynthesis.speak(speech);
  };
  button.addEventListener("click", () => {
    if (isReading) return stop();
    isReading = true;
    button.textContent = button.dataset.stop;
    say(linesOf(article));
  });
  addEventListener("pagehide", stop);
  button.hidden = false;
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
