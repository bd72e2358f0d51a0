// The Markdown editor of a section: live preview, formatting buttons, pictures. Without it there is a plain text field.
// It takes the place of markdownx's own script on markdownx's widget (.markdownx > textarea + .markdownx-preview).
// Tab is left alone: it goes on to the next field.

import {settlePastes} from "./paste.js";
import {ask, settings, whileSending} from "./server.js";

const PAUSE = 400; // ms without typing before a preview is asked for

function element(name, attributes = {}, text = "") {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
}

function insert(textarea, text, {select = ""} = {}) {
    // As if typed, so that the browser's undo knows it.
    textarea.focus();
    const start = textarea.selectionStart;
    if (!document.execCommand("insertText", false, text)) {
        textarea.setRangeText(text, start, textarea.selectionEnd, "end");
        textarea.dispatchEvent(new Event("input", {bubbles: true}));
    }
    if (select && text.includes(select)) {
        const from = start + text.indexOf(select);
        textarea.setSelectionRange(from, from + select.length);
    }
}

function onOwnLines(textarea, block) {
    const before = textarea.value.slice(0, textarea.selectionStart);
    const after = textarea.value.slice(textarea.selectionEnd);
    const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const tail = !after || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
    return lead + block + tail;
}

function chosen(textarea) {
    return textarea.value.slice(textarea.selectionStart, textarea.selectionEnd);
}

const card = (kind) => (textarea) => {
    const text = chosen(textarea).trim() || "…";
    insert(textarea, onOwnLines(textarea, `::: ${kind}\n${text}\n:::`), {select: text});
};

const TOOLS = [
    ["bold", (textarea) => {
        const text = chosen(textarea) || "…";
        insert(textarea, `**${text}**`, {select: text});
    }],
    ["heading", (textarea) => {
        const text = chosen(textarea).trim() || "…";
        insert(textarea, onOwnLines(textarea, `### ${text}`), {select: text});
    }],
    ["list", (textarea) => {
        const lines = (chosen(textarea).trim() || "…").split("\n");
        insert(textarea, onOwnLines(textarea, lines.map((line) => `- ${line}`).join("\n")), {select: lines[0]});
    }],
    ["table", (textarea) => insert(textarea, onOwnLines(textarea, "| … |  |\n| --- | --- |\n|  |  |"), {select: "…"})],
    ["emergency", card("emergency")],
    ["today", card("today")],
    ["tell", card("tell")],
];

class Editor {
    constructor(box) {
        this.box = box;
        this.textarea = box.querySelector("textarea");
        this.preview = box.querySelector(".markdownx-preview");
        this.status = element("p", {class: "editor-status", role: "status"});
        this.asked = 0;
        this.shown = 0;
        box.dataset.started = "yes";
        this.layOut();
        this.textarea.addEventListener("input", () => this.previewSoon());
        this.textarea.addEventListener("paste", (event) => this.takeFiles(event, event.clipboardData));
        settlePastes(this.textarea, (sentence, options) => {
            this.keepsWord = true; // it stays to be read, whatever is previewed meanwhile
            this.say(sentence, options);
        });
        this.textarea.addEventListener("dragover", (event) => {
            if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
        });
        this.textarea.addEventListener("drop", (event) => this.takeFiles(event, event.dataTransfer));
        // Twelve sections would ask twelve times at once: each asks when it comes into view.
        new IntersectionObserver((entries, observer) => {
            if (entries.some((entry) => entry.isIntersecting)) {
                observer.disconnect();
                this.refresh();
            }
        }, {rootMargin: "300px"}).observe(box);
    }

    layOut() {
        const words = settings.words;
        const toolbar = element("div", {class: "editor-tools", role: "toolbar", "aria-label": words.toolbar, "aria-controls": this.textarea.id});
        for (const [name, act] of TOOLS) {
            const button = element("button", {type: "button", class: `tool-${name}`}, words[name]);
            button.addEventListener("click", () => act(this.textarea));
            toolbar.append(button);
        }
        this.file = element("input", {type: "file", accept: "image/png,image/jpeg,image/webp,image/gif", multiple: "", hidden: "", "aria-label": words.picture});
        this.file.addEventListener("change", () => {
            this.sendAll([...this.file.files]);
            this.file.value = "";
        });
        const picture = element("button", {type: "button", class: "tool-picture"}, words.picture);
        picture.addEventListener("click", () => this.file.click());
        toolbar.append(picture);
        this.oneTabStop(toolbar);
        const shown = element("div", {class: "editor-shown"});
        shown.append(element("p", {class: "editor-label", "aria-hidden": "true"}, words.preview), this.preview);
        this.preview.replaceChildren();
        this.preview.tabIndex = 0; // long text scrolls, also by keyboard
        this.preview.setAttribute("role", "group"); // not a landmark: every section has one
        this.preview.setAttribute("aria-label", words.preview);
        // The patients' own style sheets, behind a border that keeps them from the admin and the admin's from them.
        const root = this.preview.attachShadow({mode: "open"});
        this.paper = element("div", {class: "paper", dir: "auto"});
        root.append(...settings.styles.map((href) => element("link", {rel: "stylesheet", href})), this.paper);
        const panes = element("div", {class: "editor-panes"});
        this.textarea.before(toolbar, this.file, panes);
        panes.append(this.textarea, shown);
        this.box.append(this.status);
    }

    oneTabStop(toolbar) {
        // The toolbar pattern of WAI-ARIA: one stop for Tab, arrows inside.
        const buttons = [...toolbar.querySelectorAll("button")];
        buttons.forEach((button, place) => { button.tabIndex = place ? -1 : 0; });
        toolbar.addEventListener("keydown", (event) => {
            const steps = {ArrowRight: 1, ArrowLeft: -1, Home: -buttons.length, End: buttons.length};
            if (!(event.key in steps)) return;
            event.preventDefault();
            const sign = getComputedStyle(toolbar).direction === "rtl" && event.key.startsWith("Arrow") ? -1 : 1;
            const next = Math.max(0, Math.min(buttons.length - 1, buttons.indexOf(document.activeElement) + sign * steps[event.key]));
            buttons.forEach((button, place) => { button.tabIndex = place === next ? 0 : -1; });
            buttons[next].focus();
        });
    }

    say(sentence, {isWrong = false} = {}) {
        this.status.setAttribute("role", isWrong ? "alert" : "status");
        this.status.classList.toggle("is-wrong", isWrong);
        this.status.textContent = sentence;
    }

    previewSoon() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.refresh(), PAUSE);
    }

    async refresh() {
        const number = ++this.asked;
        const body = new FormData();
        body.set("content", this.textarea.value);
        body.set("language", document.getElementById("id_language")?.value || settings.language);
        const {response, sentence} = await ask(settings.preview, body);
        const direction = response?.headers.get("X-Direction");
        const html = response?.ok ? await response.text() : null;
        if (number <= this.shown) return; // a newer text is shown already
        this.shown = number;
        if (html === null) {
            this.say(sentence, {isWrong: true});
            return;
        }
        this.paper.dir = direction || "auto";
        this.draw(html);
        if (this.status.classList.contains("is-wrong") && !this.keepsWord) this.say("");
    }

    draw(html) {
        // Made and cleaned by the one renderer. What has not changed is left as it stands, with all that is selected in it.
        if (html === this.drawn) return;
        this.drawn = html;
        this.paper.innerHTML = html;
    }

    takeFiles(event, transfer) {
        const files = [...(transfer?.files ?? [])];
        // Word processors and spreadsheets put a picture of the text beside the text: the text is what is meant.
        if (!files.length || transfer.types.includes("text/plain")) return;
        event.preventDefault();
        this.sendAll(files);
    }

    sendAll(files) {
        whileSending(this.sendInTurn(files));
    }

    async sendInTurn(files) {
        // One after the other, so that they stand in the text in this order. Returns whether all were taken.
        const refused = [];
        for (const file of files) {
            const reason = await this.send(file);
            if (reason) refused.push(files.length > 1 ? `${file.name}: ${reason}` : reason);
        }
        this.keepsWord = refused.length > 0; // the reason stays to be read, whatever is previewed meanwhile
        if (refused.length) this.say([settings.words.notUploaded, ...refused].join(" "), {isWrong: true});
        return !refused.length;
    }

    async send(file) {
        // Returns why it was refused, or nothing. Whoever writes on meanwhile is not disturbed.
        const before = this.textarea.value.slice(0, this.textarea.selectionStart);
        this.say(settings.words.uploading);
        const body = new FormData();
        body.set("image", file);
        const {answer, sentence} = await ask(settings.upload, body);
        const code = answer?.image_code;
        if (!code) return sentence || settings.words.trouble;
        const textarea = this.textarea;
        const isElsewhere = document.activeElement !== document.body && !this.box.contains(document.activeElement);
        const place = textarea.value.startsWith(before) ? before.length : textarea.selectionStart;
        if (isElsewhere) {
            textarea.setRangeText(code, place, place);
            textarea.dispatchEvent(new Event("input", {bubbles: true}));
        } else {
            textarea.focus();
            textarea.setSelectionRange(place, place);
            insert(textarea, code);
            textarea.setSelectionRange(place + 2, place + 2); // between the brackets: the alternative text
        }
        this.say(settings.words.uploaded);
        return "";
    }
}

function startAll(root) {
    for (const box of root.querySelectorAll(".markdownx")) {
        if (!box.dataset.started && !box.closest(".empty-form")) new Editor(box);
    }
}

if (settings) {
    startAll(document);
    document.addEventListener("formset:added", (event) => startAll(event.target));
}
