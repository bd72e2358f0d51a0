// The form around the editors: unsaved text kept on the server, who else is here, the order of rows, the address.
// Everything can be done without it: the order is a number, saving is a button.

import {settlePastes} from "./paste.js";
import {ask, isLeaving, notice, saveCarefully, settings, token} from "./server.js";

const words = settings.words;
const form = document.getElementById("leaflet_form");
const findings = document.getElementById("findings");
const TICK = 3000; // ms between looks whether something was typed
const PRESENCE = 20000; // ms between signs of life while nothing is typed

const facts = document.getElementById("id_key_facts");
if (facts) settlePastes(facts, (sentence, options) => notice("pasted", sentence, options), "facts");

// --- Unsaved text ---

const OF_THIS_PAGE = new Set(["csrfmiddlewaretoken", "based_on", "page"]);
const typedFields = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
let offered = settings.kept;
let lastSent = "";
let lastBeat = Date.now();
let beating = null; // what is on its way: one at a time, so that an older text never arrives after a newer one

function bodyOf(fields, extra) {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    if (extra) body.append(extra, "1");
    return body;
}

async function send() {
    // What is new goes to the server, or a sign of life. Returns whether it was reached and still knows the person.
    lastBeat = Date.now();
    const fields = typedFields();
    const typed = JSON.stringify(fields);
    const isTyped = typed !== lastSent && !offered;
    const body = isTyped ? bodyOf(fields, "_typed") : bodyOf(fields.filter(([name]) => OF_THIS_PAGE.has(name)));
    const {response, answer, sentence} = await ask(settings.autosave, body);
    notice("trouble", sentence, {isWrong: true});
    if (!response) return false;
    if (isTyped) lastSent = typed;
    if (!response.ok) return true;
    if (isTyped) {
        notice("kept", answer.kept ? words.kept.replace("%s", answer.kept) : "");
        if (findings && answer.panel) showPanel(answer.panel);
    }
    notice("others", answer.others);
    notice("newer", answer.newer, {isWrong: true});
    return true;
}

function sendInTurn() {
    const turn = (beating ?? Promise.resolve()).then(send).finally(() => {
        if (beating === turn) beating = null;
    });
    beating = turn;
    return turn;
}

function showPanel(html) {
    // Lists that the person has opened or closed stay so.
    const open = [...findings.querySelectorAll("details")].map((details) => details.open);
    const focused = findings.contains(document.activeElement);
    if (focused) return;
    findings.innerHTML = html;
    findings.querySelectorAll("details").forEach((details, place) => {
        if (place in open) details.open = open[place];
    });
}

setInterval(() => {
    const isTyped = !offered && JSON.stringify(typedFields()) !== lastSent;
    if (!beating && !isLeaving && (isTyped || Date.now() - lastBeat >= PRESENCE)) sendInTurn();
}, TICK);

addEventListener("pagehide", () => {
    const fields = typedFields();
    if (isLeaving || offered || JSON.stringify(fields) === lastSent) return;
    const body = bodyOf(fields, "_typed");
    body.append("csrfmiddlewaretoken", token());
    navigator.sendBeacon(settings.autosave, body);
});

saveCarefully(form, sendInTurn);

// By keyboard the button is hundreds of fields away.
const save = form.querySelector(".submit-row input[name=_save]");
if (save) {
    save.setAttribute("aria-keyshortcuts", "Control+S Meta+S");
    const hint = document.createElement("span");
    hint.className = "quiet";
    hint.textContent = words.shortcut;
    save.closest(".submit-row").append(hint);
    addEventListener("keydown", (event) => {
        if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
        event.preventDefault(); // the browser would save the page
        if (!event.repeat) form.requestSubmit(save);
    });
}

if (offered) {
    const buttons = [[words.discard, async () => {
        const {response, sentence} = await ask(settings.autosave, bodyOf([], "_discard"));
        notice("trouble", sentence, {isWrong: true});
        if (!response) return;
        offered = null;
        notice("offer", "");
    }]];
    if (offered.url) buttons.unshift([words.compare, offered.url]);
    if (offered.data) {
        buttons.unshift([words.restore, () => {
            restore(offered.data);
            offered = null;
            notice("offer", words.restored);
        }]);
    }
    notice("offer", `${offered.sentence} ${words.offer}`, {buttons});
}

function restore(data) {
    // Rows find their place by the section they are, not by their number: it may have been another form.
    const values = new Map();
    for (const [name, value] of data) values.set(name, [...(values.get(name) ?? []), value]);
    for (const field of form.elements) {
        if (field.name && !OF_THIS_PAGE.has(field.name) && !/-(\d+|__prefix__)-|_FORMS$/.test(field.name)) fill(field, values.get(field.name));
    }
    for (const group of GROUPS) restoreRows(group, group.id.replace("-group", ""), values);
}

function fill(field, kept) {
    if (!kept || field.type === "submit") return;
    if (field.type === "checkbox") field.checked = kept.includes(field.value);
    else field.value = kept[0] ?? "";
    field.dispatchEvent(new Event("input", {bubbles: true}));
}

function restoreRows(group, prefix, values) {
    const free = rowsOf(group);
    const isNew = (row) => !row.classList.contains("has_original");
    const keyOf = (row) => row.querySelector("input[name$=-row_key]")?.value ?? "";
    for (let number = 0; number < Math.min(Number(values.get(`${prefix}-TOTAL_FORMS`)?.[0] ?? 0), 300); number++) {
        const kept = (name) => values.get(`${prefix}-${number}-${name}`);
        if (!["kind", "heading", "body", "reason", "citation", "url"].some((name) => kept(name)?.[0])) continue;
        const key = kept("row_key")?.[0] ?? "";
        let row = free.find((one) => (prefix === "sections" ? (key ? keyOf(one) === key : isNew(one)) : true));
        if (row) free.splice(free.indexOf(row), 1);
        else {
            group.querySelector(".add-row a")?.click();
            row = rowsOf(group).at(-1);
        }
        for (const field of row.querySelectorAll("input, select, textarea")) {
            const name = field.name.match(/-\d+-(\w+)$/)?.[1];
            if (name && !["id", "leaflet", "row_key"].includes(name)) fill(field, kept(name) ?? []);
        }
    }
    for (const row of free) { // what was taken out, and empty rows
        const gone = row.querySelector("input[name$=-DELETE]");
        if (gone && !isNew(row)) gone.checked = true;
        else if (isNew(row)) row.querySelectorAll("select, textarea, input[type=text], input[type=url]").forEach((field) => fill(field, []));
    }
    showInOrder(group);
}

// --- The order of rows ---

const GROUPS = ["sections-group", "sources-group"].map((id) => document.getElementById(id)).filter(Boolean);
const rowsOf = (group) => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
const positionOf = (row) => row.querySelector("input[name$=-position]");
const numberOf = (row) => Number(row.id.match(/-(\d+)$/)?.[1] ?? 0);

function renumber(group) {
    rowsOf(group).forEach((row, place) => {
        const field = positionOf(row);
        if (field) field.value = place + 1;
    });
}

function placeRows(group, rows) {
    const end = group.querySelector(".empty-form");
    for (const row of rows) end.before(row);
}

function showInOrder(group) {
    const place = (row) => Number(positionOf(row)?.value || Infinity);
    placeRows(group, rowsOf(group).sort((one, other) => place(one) - place(other) || numberOf(one) - numberOf(other)));
}

function move(group, row, step) {
    const rows = rowsOf(group);
    const from = rows.indexOf(row);
    const to = from + step;
    if (to < 0 || to >= rows.length) return;
    rows.splice(to, 0, ...rows.splice(from, 1));
    placeRows(group, rows);
    renumber(group);
}

function addMoveButtons(group, row) {
    const heading = row.querySelector("h3");
    if (!positionOf(row) || !heading || heading.querySelector(".row-moves")) return;
    const box = document.createElement("span");
    box.className = "row-moves";
    const name = row.querySelector(".inline_label")?.textContent.trim() ?? "";
    for (const [label, sign, step] of [[words.up, "↑", -1], [words.down, "↓", 1]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = sign;
        button.title = label.replace("%s", name);
        button.setAttribute("aria-label", button.title);
        button.addEventListener("click", () => {
            move(group, row, step);
            button.focus();
            const rows = rowsOf(group);
            place.textContent = words.moved.replace("%s", rows.indexOf(row) + 1).replace("%s", rows.length);
        });
        box.append(button);
    }
    const place = document.createElement("span"); // told, not shown: who looks sees the row move
    place.className = "visually-hidden";
    place.setAttribute("role", "status");
    heading.append(box, place);
}

for (const group of GROUPS) {
    for (const row of rowsOf(group)) addMoveButtons(group, row);
}

document.addEventListener("formset:added", (event) => {
    const group = event.target.closest(".inline-group");
    if (!GROUPS.includes(group)) return;
    event.target.querySelector(".row-moves")?.remove();
    addMoveButtons(group, event.target);
    const field = positionOf(event.target);
    if (field) field.value = Math.max(0, ...rowsOf(group).map((row) => Number(positionOf(row)?.value || 0))) + 1;
});

document.addEventListener("formset:removed", (event) => {
    // Django numbers the fields anew in the order of the page, where saved rows must come first.
    const group = document.getElementById(`${event.detail.formsetName}-group`);
    if (!GROUPS.includes(group)) return;
    placeRows(group, rowsOf(group).sort((one, other) => numberOf(one) - numberOf(other)));
    setTimeout(() => showInOrder(group), 0);
});

// --- From a finding or a remark to its place ---

function mark(field, words) {
    // The passage is selected where it stands in the text; what the browser focuses it scrolls to.
    const parts = words.replace(/…$/, "").split(/\s+/).filter(Boolean).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const found = parts.length ? field.value.match(new RegExp(parts.join("\\s+"))) : null;
    if (found) field.setSelectionRange(found.index, found.index + found[0].length);
}

document.querySelector(".leaflet-beside")?.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-place]");
    if (!link) return;
    const key = [...form.querySelectorAll("input[name$=-row_key]")].find((field) => field.value === link.dataset.place);
    const place = key?.closest(".inline-related") ?? document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    place.scrollIntoView({block: "start"});
    // Never the tick that deletes the row, though it comes first.
    const field = place.matches("input, textarea") ? place : place.querySelector("textarea") ?? place.querySelector("input[type=text]");
    if (field?.matches("textarea")) mark(field, link.parentElement.querySelector("q")?.textContent ?? "");
    field?.focus();
});

// --- The address of a leaflet that is being started ---

const slug = document.getElementById("id_slug");
const parts = ["id_medicine", "id_language", "id_edition"].map((id) => document.getElementById(id));
if (slug && parts.every(Boolean)) {
    let isOwn = Boolean(slug.value);
    slug.addEventListener("input", () => { isOwn = Boolean(slug.value); });
    const title = document.getElementById("id_title");
    const propose = () => {
        const [medicine, language, edition] = parts;
        if (!medicine.value) return;
        // Where there are many medicines, a name is written, and the address is made when the leaflet is saved.
        const name = medicine.selectedOptions?.[0].textContent ?? medicine.value;
        const pieces = [settings.addresses[medicine.value]];
        if (language.value !== "en") pieces.push(language.value);
        if (edition.value !== "standard") pieces.push(edition.value);
        if (!isOwn && pieces[0]) slug.value = pieces.join("-");
        if (title && !title.value) title.value = name;
    };
    for (const part of parts) part.addEventListener("change", propose);
    propose();
}

lastSent = JSON.stringify(typedFields()); // as it was opened, with the address that was proposed
