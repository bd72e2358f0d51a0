// Reads the leaflet aloud with the device's own voice, a sentence an utterance, as long texts stop some browsers: the
// words of the article in their order, with the sentence marked that is being said. What is only there to be pressed or
// to jump from is passed over, and so are pictures that say nothing of their own.
const PASSED_OVER = "nav, button, script, style, .tools, .formats, .other-format, .rests-on, .supports, [hidden], [aria-hidden=true]";
const INLINE = new Set(["inline", "inline-block", "contents", "ruby"]);
const DECIMAL = /^(decimal|arabic-indic|persian|urdu|devanagari)/;
const LEAST_LETTERS = 4; // of a sentence: "1." and "Dr." are none
const NAMES_OF_CHINESE = new Set(["zh", "cmn"]);

// --- What is said ---

class Spoken {
  // Sentences: {words, ranges, startsSection}. A line is put together from the pieces that stand side by side on the
  // page, each with the text node it comes from (none for what the browser adds), and then parted into sentences.
  sentences = [];
  pieces = [];
  startsSection = true;

  constructor(segmenter) {
    this.segmenter = segmenter;
  }

  add(words, node = null, from = 0) {
    if (words) this.pieces.push({words, node, from});
  }

  addText(node) {
    const keepsLines = getComputedStyle(node.parentElement).whiteSpace.startsWith("pre");
    let from = 0;
    for (const [number, words] of (keepsLines ? node.data.split("\n") : [node.data]).entries()) {
      if (number) this.endLine();
      this.add(words, node, from);
      from += words.length + 1;
    }
  }

  addWhole(words, ranges) {
    if (words) this.sentences.push({words, ranges, startsSection: this.startsSection});
    if (words) this.startsSection = false;
  }

  endLine() {
    const {pieces} = this;
    this.pieces = [];
    const line = pieces.map((piece) => piece.words).join("");
    for (const [from, to] of this.parts(line)) this.addWhole(tidy(line.slice(from, to)), rangesOf(pieces, from, to));
  }

  parts(line) {
    // [from, to] of each sentence, blanks around it left out.
    const found = [];
    for (const {segment, index} of this.segmenter ? this.segmenter.segment(line) : [{segment: line, index: 0}]) {
      const last = found.at(-1);
      if (last && line.slice(...last).replace(/[^\p{L}\p{N}]/gu, "").length < LEAST_LETTERS) last[1] = index + segment.length;
      else found.push([index, index + segment.length]);
    }
    return found.map(([from, to]) => {
      const words = line.slice(from, to);
      return [from + words.length - words.trimStart().length, from + words.trimEnd().length];
    });
  }
}

const tidy = (words) => words.replace(/\s+/g, " ").trim();

function rangesOf(pieces, from, to) {
  const ranges = [];
  let start = 0;
  for (const {words, node, from: first} of pieces) {
    const [begin, end] = [Math.max(from - start, 0), Math.min(to - start, words.length)];
    start += words.length;
    if (!node || begin >= end) continue;
    const range = document.createRange();
    range.setStart(node, first + begin);
    range.setEnd(node, first + end);
    ranges.push(range);
  }
  return ranges;
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

function sentencesOf(nodes, segmenter) {
  const spoken = new Spoken(segmenter);
  for (const node of nodes) read(node, spoken);
  spoken.endLine();
  return spoken.sentences;
}

const wordsOf = (element) => sentencesOf(element.childNodes, null).map((one) => one.words).join(", ");

function addTable(table, spoken) {
  // The heads, and then each row with them: "Age: Adult; Dose: 400 mg". A cell beyond the last head has none.
  const rows = [...table.rows];
  const add = (element, words) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    spoken.addWhole(words, [range]);
  };
  if (table.caption) add(table.caption, wordsOf(table.caption));
  const hasHeads = rows[0] && [...rows[0].cells].every((cell) => cell.localName === "th");
  const heads = hasHeads ? [...rows[0].cells].map(wordsOf) : [];
  if (hasHeads) add(rows.shift(), heads.filter(Boolean).join("; "));
  const withHead = (cell, place) => {
    const [head, value] = [heads[place] ?? "", wordsOf(cell)];
    return head && value ? `${head}${/[:;?!؟؛]$/.test(head) ? "" : ":"} ${value}` : value;
  };
  for (const row of rows) add(row, [...row.cells].map(withHead).filter(Boolean).join("; "));
}

function read(node, spoken) {
  if (node.nodeType === Node.TEXT_NODE) return spoken.addText(node);
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(PASSED_OVER)) return;
  const {display, visibility} = getComputedStyle(node);
  if (display === "none" || visibility === "hidden") return;
  if (node.localName === "br" || node.localName === "hr") return spoken.endLine();
  if (node.localName === "img") return spoken.add(` ${node.alt} `);
  if (node.localName === "svg" || node.getAttribute("role") === "img") return spoken.add(` ${node.getAttribute("aria-label") ?? ""} `);
  const isBlock = !INLINE.has(display);
  if (isBlock) spoken.endLine();
  if (node.localName === "h2") spoken.startsSection = true;
  if (node.localName === "table") addTable(node, spoken);
  else {
    if (node.localName === "li") spoken.add(number(node));
    for (const child of node.childNodes) read(child, spoken);
  }
  if (isBlock) spoken.endLine();
}

// --- Whose voice ---

const codeOf = (language) => language.toLowerCase().split(/[-_]/)[0];

function voiceFor(language) {
  // The device's own before one that sends the words away; of these the one for this country, then its default.
  const code = codeOf(language);
  const speaks = (voice) => codeOf(voice.lang) === code || (code === "zh" && NAMES_OF_CHINESE.has(codeOf(voice.lang)));
  const isExact = (voice) => voice.lang.toLowerCase().replace("_", "-") === language.toLowerCase();
  const worth = (voice) => 4 * voice.localService + 2 * isExact(voice) + (voice.default ?? false);
  return speechSynthesis.getVoices().filter(speaks).sort((one, other) => worth(other) - worth(one))[0];
}

// --- Which sentence is marked ---

const mark = "Highlight" in window && CSS.highlights ? new Highlight() : null; // it changes neither page nor selection

let outlined = null; // where a browser can't mark words, the paragraph they stand in

const elementOf = ({startContainer}) => (startContainer.nodeType === Node.TEXT_NODE ? startContainer.parentElement : startContainer);

function setMark(ranges) {
  mark?.clear();
  for (const range of ranges) mark?.add(range);
  if (mark) return;
  outlined?.removeAttribute("data-read-aloud");
  outlined = ranges.length ? elementOf(ranges[0]).closest("p, li, h1, h2, h3, h4, h5, h6, dt, dd, tr, caption, div") : null;
  outlined?.setAttribute("data-read-aloud", "");
}

function isSeen(range) {
  const {top, bottom} = range.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

const ON_THE_WAY = 1000; // milliseconds for which a page may still be scrolling to a sentence
let arrivesBy = 0;

function show({ranges}, follows) {
  setMark(ranges);
  const [first] = ranges;
  if (!first || !follows || isSeen(first)) return;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  elementOf(first).scrollIntoView({block: "center", behavior});
  arrivesBy = performance.now() + ON_THE_WAY;
}

// --- The buttons ---

class Reader {
  sentences = [];
  at = 0;
  utterance = null; // what is being said; kept here, as some browsers forget an utterance that nobody holds
  isOn = false;

  constructor(article, button, group) {
    Object.assign(this, {article, button, group, language: document.documentElement.lang});
    this.pauseButton = group.querySelector("[data-listen-pause]");
    this.words = {listen: button.textContent, pause: this.pauseButton.textContent};
    button.addEventListener("click", () => (this.isOn ? this.stop() : this.start()));
    this.pauseButton.addEventListener("click", () => (this.utterance ? this.pause() : this.say()));
    group.querySelector("[data-listen-before]").addEventListener("click", () => this.jump(-1));
    group.querySelector("[data-listen-next]").addEventListener("click", () => this.jump(1));
    addEventListener("keydown", (event) => event.key === "Escape" && this.isOn && this.stop());
    addEventListener("pagehide", () => this.stop());
    mark && CSS.highlights.set("read-aloud", mark);
  }

  start() {
    const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(this.language, {granularity: "sentence"}) : null;
    this.sentences = sentencesOf([this.article], segmenter);
    this.at = 0;
    this.isOn = true;
    this.group.hidden = false;
    this.button.textContent = this.button.dataset.stop;
    this.say({isAsked: true});
  }

  stop() {
    this.silence();
    this.isOn = false;
    setMark([]);
    if (this.group.contains(document.activeElement)) this.button.focus();
    this.group.hidden = true;
    this.button.textContent = this.words.listen;
  }

  silence() {
    this.utterance = null; // what it still reports is not listened to
    speechSynthesis.cancel();
  }

  pause() {
    // The browser's own pause is the end on Android: the sentence is said anew instead.
    this.silence();
    this.pauseButton.textContent = this.pauseButton.dataset.resume;
  }

  say({isAsked = false} = {}) {
    const sentence = this.sentences[this.at];
    const voice = voiceFor(this.language);
    if (!sentence || !voice) return this.stop();
    const before = this.sentences[this.at - 1]?.ranges[0];
    this.silence();
    this.pauseButton.textContent = this.words.pause;
    const isWithUs = !before || isSeen(before) || performance.now() < arrivesBy; // who has scrolled elsewhere is left there
    show(sentence, isAsked || isWithUs);
    const utterance = new SpeechSynthesisUtterance(sentence.words);
    Object.assign(utterance, {lang: voice.lang, voice, rate: 0.95});
    utterance.onend = () => this.utterance === utterance && this.next();
    utterance.onerror = () => this.utterance === utterance && this.stop();
    this.utterance = utterance;
    speechSynthesis.speak(utterance);
  }

  next() {
    this.at += 1;
    this.say();
  }

  jump(step) {
    // On to the next section; back to the beginning of this one, or from there to the one before.
    const starts = this.sentences.flatMap((one, place) => (one.startsSection ? [place] : []));
    const to = step > 0 ? starts.find((place) => place > this.at) : starts.findLast((place) => place < this.at);
    if (to !== undefined) this.at = to;
    else if (step < 0) this.at = 0;
    else return;
    this.say({isAsked: true});
  }
}

function start() {
  const button = document.querySelector("[data-listen]");
  const group = document.querySelector("[data-listening]");
  const article = document.querySelector("article.leaflet");
  if (!button || !group || !article || !("speechSynthesis" in window)) return;
  const reader = new Reader(article, button, group);
  const look = () => (button.hidden = !reader.isOn && !voiceFor(reader.language));
  speechSynthesis.addEventListener?.("voiceschanged", look); // many browsers know their voices only later
  look();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
