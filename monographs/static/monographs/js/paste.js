// Pasting from a word processor or a PDF: the text goes in as the browser has it, then the server says how it reads once
// its bullets, line ends and signs are settled, and the stretch is put right. Which sign means what is decided there alone.
// Without an answer the stretch stays as it came; saving settles it, and the quality check finds what is left.

import {ask, settings} from "./server.js";

const NOTHING_TO_SETTLE = /^ ?[!-~]+( [!-~]+)* ?$/; // words of one line
const BLOCKS = "p, div, li, h1, h2, h3, h4, h5, h6, blockquote, dt, dd";
const MARKER = /^[\s\u00a0]*(?:[^\p{L}\p{N}\s]|o|\p{L}?\d*[.)])[\t\u00a0 ]+/u;

export function settlePastes(field, say, kind = "") {
    // `say(sentence, {isWrong})` tells the person what went wrong.
    field.addEventListener("paste", (event) => {
        const text = event.clipboardData?.getData("text/plain") ?? "";
        if (!text) return;
        if (text.length > settings.longestPaste) {
            event.preventDefault();
            say(settings.words.tooLongToPaste, {isWrong: true});
            return;
        }
        const start = field.selectionStart;
        const asked = withItsLists(event.clipboardData.getData("text/html"), text) || null;
        const settleOnce = (input) => {
            if (input.inputType === "insertFromPaste") settle(field, start, asked, say, kind);
        };
        field.addEventListener("input", settleOnce, {once: true});
    });
}

async function settle(field, start, asked, say, kind) {
    const stretch = field.value.slice(start, field.selectionEnd);
    if (!asked && NOTHING_TO_SETTLE.test(stretch)) return;
    const body = new FormData();
    body.set("text", asked ?? stretch);
    body.set("kind", kind);
    body.set("opens", start === 0 || field.value[start - 1] === "\n" ? "1" : "");
    const {response, answer, sentence} = await ask(settings.settle, body);
    if (!response?.ok) {
        say(sentence, {isWrong: true});
        return;
    }
    const place = whereIs(field, stretch, start);
    if (answer.text !== stretch && place >= 0) replace(field, place, stretch.length, answer.text);
}

function whereIs(field, stretch, start) {
    // Whoever wrote on meanwhile may have moved it; what has been changed since is left alone.
    if (field.value.startsWith(stretch, start)) return start;
    const first = field.value.indexOf(stretch);
    return first === field.value.lastIndexOf(stretch) ? first : -1;
}

function replace(field, place, length, text) {
    // As if typed where the field has the focus, so that the browser's undo knows it. The caret stays where it was.
    const behind = place + length;
    const moved = (caret) => (caret >= behind ? caret + text.length - length : Math.min(caret, place + text.length));
    const [from, to] = [field.selectionStart, field.selectionEnd].map(moved);
    const scrolled = field.scrollTop;
    if (document.activeElement === field) {
        field.setSelectionRange(place, behind);
        if (!document.execCommand("insertText", false, text)) setText(field, place, behind, text);
        field.setSelectionRange(from, to);
        field.scrollTop = scrolled;
    } else {
        setText(field, place, behind, text);
    }
}

function setText(field, place, behind, text) {
    field.setRangeText(text, place, behind, "preserve");
    field.dispatchEvent(new Event("input", {bubbles: true}));
}

function withItsLists(html, text) {
    // Some programs give lists only as HTML, and the levels of a list: its lines with a bullet or number each. "" unless
    // these have exactly the words of the plain text.
    if (!/MsoList|mso-list|<li[\s>]/i.test(html)) return "";
    // Nothing in it runs or is fetched; styles are read and not applied, which the security policy would forbid.
    const bareHtml = html.replace(/<style[^]*?<\/style>/gi, "").replace(/\sstyle\s*=/gi, " data-style=");
    const page = new DOMParser().parseFromString(bareHtml, "text/html");
    if (page.querySelector("table, pre")) return "";
    for (const one of page.querySelectorAll("script, title, xml")) one.remove();
    for (const line of page.querySelectorAll("br")) line.replaceWith("\u2028");
    const lines = [];
    for (const block of page.body.querySelectorAll(BLOCKS)) {
        const item = itemOf(block);
        const words = ownWords(block);
        if (!words) continue;
        const isList = item !== null;
        if (lines.length && !(isList && lines.at(-1).isList)) lines.push({isList: false, text: ""});
        lines.push({isList, text: isList ? item + words : words});
    }
    const listed = lines.map((line) => line.text).join("\n");
    return bare(listed) === bare(text) ? listed : "";
}

function itemOf(block) {
    // What stands before the words of an item: its indent, and its bullet or number; null for what is no item.
    const style = block.dataset.style ?? "";
    const level = /mso-list:[^;]*level(\d)/i.exec(style);
    if (level) {
        const sign = [...block.querySelectorAll("[data-style*='mso-list:Ignore' i]")];
        const marker = sign.map((one) => one.textContent).join("").replace(/[\s\u00a0]/g, "");
        sign.forEach((one) => one.remove());
        return `${"    ".repeat(level[1] - 1)}${/^\d+[.)]$/.test(marker) ? marker : "•"}\t`;
    }
    const item = block.matches("li") ? block : block.closest("li > :first-child")?.parentElement; // <li><p>…
    const list = item?.closest("ul, ol");
    if (!list || (item !== block && ownWords(item))) return null;
    let depth = 0;
    for (let outer = list.parentElement?.closest("ul, ol"); outer; outer = outer.parentElement?.closest("ul, ol")) depth += 1;
    const place = [...list.children].filter((one) => one.matches("li")).indexOf(item);
    const number = Number(item.getAttribute("value") ?? Number(list.getAttribute("start") ?? 1) + place);
    return `${"    ".repeat(depth)}${list.matches("ol") ? `${number}.` : "•"}\t`;
}

function ownWords(block) {
    // Without those of the blocks inside it, which have lines of their own.
    const copy = block.cloneNode(true);
    for (const inner of copy.querySelectorAll(`${BLOCKS}, ul, ol`)) inner.remove();
    return copy.textContent.replace(/[^\S\u2028\u00a0]+/g, " ").replaceAll("\u2028", "\n").trim();
}

const bare = (text) => text.split("\n").map((line) => line.replace(MARKER, "")).join("").replace(/[^\p{L}\p{N}]/gu, "");
