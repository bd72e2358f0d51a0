// The form around the editors: unsaved text kept on the server, who else is here, the order of rows, the address.
// Everything can be done without it: the order is a number, saving is a button.

const settings = JSON.parse(document.getElementById("editor-settings").textContent);
const words = settings.words;
const form = document.getElementById("leaflet_form");
const notices = document.querySelector(".editor-notices");
const findings = document.getElementById("findings");
const TICK = 3000; // ms between looks whether something was typed
const PRESENCE = 20000; // ms between signs of life while nothing is typed

// --- Notices: one line for each subject ---

function notice(subject, sentence, {isWrong = false, buttons = []} = {}) {
    let line = notices.querySelector(`[data-subject=${subject}]`);
    if (!sentence) {
        line?.remove();
        return;
    }
    if (!line) {
        line = document.createElement("div");
        line.dataset.subject = subject;
        notices.append(line);
    }
    line.className = isWrong ? "editor-notice is-wrong" : "editor-notice";
    if (line.dataset.sentence === sentence) return;
    line.dataset.sentence = sentence;
    line.replaceChildren(document.createTextNode(sentence));
    for (const [label, act] of buttons) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = label;
        button.addEventListener("click", act);
        line.append(" ", button);
    }
}

// --- Unsaved text ---

const LEFT_OUT = new Set(["csrfmiddlewaretoken"]);
const typedFields = () => [...new FormData(form)].filter(([name, value]) => !LEFT_OUT.has(name) && typeof value === "string");
let offered = settings.kept;
let lastSent = JSON.stringify(typedFields());
let lastBeat = Date.now();
let isLeaving = false;
let beating = null;

function token() {
    const pair = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${settings.cookie}=`));
    return pair ? pair.slice(settings.cookie.length + 1) : form.elements.csrfmiddlewaretoken.value;
}

function bodyOf(fields, extra) {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    if (extra) body.append(extra, "1");
    return body;
}

async function post(body) {
    beating = new AbortController();
    const response = await fetch(settings.autosave, {
        method: "POST", body, headers: {"X-CSRFToken": token()}, credentials: "same-origin", signal: beating.signal,
    });
    if (response.status === 403 || response.redirected) return {loggedOut: true};
    return {answer: await response.json(), ok: response.ok};
}

async function beat() {
    const fields = typedFields();
    const typed = JSON.stringify(fields);
    const isTyped = typed !== lastSent && !offered;
    if (!isTyped && Date.now() - lastBeat < PRESENCE) return;
    lastBeat = Date.now();
    await send(fields, typed, isTyped);
}

async function send(fields, typed, isTyped) {
    // Returns whether the server was reached and still knows the person.
    const body = isTyped ? bodyOf(fields, "_typed") : bodyOf(fields.filter(([name]) => name === "based_on"));
    let reply;
    try {
        reply = await post(body);
    } catch (error) {
        if (error.name !== "AbortError") notice("trouble", words.offline, {isWrong: true});
        return false;
    }
    if (reply.loggedOut) {
        notice("trouble", words.loggedOut, {isWrong: true});
        return false;
    }
    notice("trouble", reply.ok ? "" : reply.answer.error, {isWrong: true});
    if (isTyped) lastSent = typed;
    if (!reply.ok) return true;
    if (isTyped) {
        notice("kept", reply.answer.kept ? words.kept.replace("%s", reply.answer.kept) : "");
        if (findings && reply.answer.panel) showPanel(reply.answer.panel);
    }
    notice("others", reply.answer.others);
    notice("newer", reply.answer.newer, {isWrong: true});
    return true;
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

let isAsking = false;
setInterval(async () => {
    if (isAsking || isLeaving) return;
    isAsking = true;
    await beat();
    isAsking = false;
}, TICK);

addEventListener("pagehide", () => {
    const fields = typedFields();
    if (isLeaving || offered || JSON.stringify(fields) === lastSent) return;
    const body = bodyOf(fields, "_typed");
    body.append("csrfmiddlewaretoken", token());
    navigator.sendBeacon(settings.autosave, body);
});

let isChecked = false;
form.addEventListener("submit", async (event) => {
    if (isChecked) {
        isLeaving = true;
        form.elements.csrfmiddlewaretoken.value = token();
        return;
    }
    // A save after the session's end, or without a network, would leave this page: ask first, and stay with the text.
    event.preventDefault();
    beating?.abort();
    const fields = typedFields();
    const isThere = await send(fields, JSON.stringify(fields), !offered && JSON.stringify(fields) !== lastSent);
    if (!isThere) {
        notices.scrollIntoView({block: "center"});
        return;
    }
    isChecked = true;
    if (offered) { // saving now must not throw away what was neither restored nor discarded
        const open = document.createElement("input");
        open.type = "hidden";
        open.name = "_offer_open";
        form.append(open);
    }
    form.requestSubmit(event.submitter);
});

if (offered) {
    notice("offer", words.offer.replace("%s", offered.at), {
        buttons: [
            [words.restore, () => {
                restore(offered.data);
                offered = null;
                notice("offer", words.restored);
            }],
            [words.discard, async () => {
                offered = null;
                notice("offer", "");
                try {
                    await post(bodyOf([], "_discard"));
                } catch {
                    notice("trouble", words.offline, {isWrong: true});
                }
            }],
        ],
    });
}

function restore(data) {
    const values = new Map();
    for (const [name, value] of data) values.set(name, [...(values.get(name) ?? []), value]);
    for (const prefix of ["sections", "sources"]) {
        const total = form.elements[`${prefix}-TOTAL_FORMS`];
        const wanted = Math.min(Number(values.get(`${prefix}-TOTAL_FORMS`)?.[0] ?? 0), 300);
        while (total && Number(total.value) < wanted) {
            const before = total.value;
            document.querySelector(`#${prefix}-group .add-row a`)?.click();
            if (total.value === before) break;
        }
    }
    const rows = new Set([...values.keys()].map((name) => name.replace(/-[^-]*$/, "")));
    for (const field of form.elements) {
        if (!field.name || LEFT_OUT.has(field.name) || /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(field.name)) continue;
        const kept = values.get(field.name);
        if (field.type === "checkbox") {
            if (kept || rows.has(field.name.replace(/-[^-]*$/, ""))) field.checked = Boolean(kept?.includes(field.value));
        } else if (kept && field.type !== "submit") {
            field.value = kept[0];
            field.dispatchEvent(new Event("input", {bubbles: true}));
        }
    }
    for (const group of GROUPS) showInOrder(group);
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
    for (const [label, sign, step] of [[words.up, "↑", -1], [words.down, "↓", 1]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = sign;
        button.setAttribute("aria-label", label);
        button.title = label;
        button.addEventListener("click", () => {
            move(group, row, step);
            button.focus();
        });
        box.append(button);
    }
    heading.append(box);
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

// --- From a finding to its place ---

findings?.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-place]");
    if (!link) return;
    const key = [...form.querySelectorAll("input[name$=-row_key]")].find((field) => field.value === link.dataset.place);
    const place = key?.closest(".inline-related") ?? document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    place.scrollIntoView({block: "start"});
    const field = place.matches("input, textarea") ? place : place.querySelector("textarea, input:not([type=hidden])");
    field?.focus({preventScroll: true});
});

// --- The address of a leaflet that is being started ---

const slug = document.getElementById("id_slug");
const parts = ["id_medicine", "id_language", "id_edition"].map((id) => document.getElementById(id));
if (slug && parts.every(Boolean)) {
    let isOwn = Boolean(slug.value);
    slug.addEventListener("input", () => { isOwn = Boolean(slug.value); });
    const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    const title = document.getElementById("id_title");
    const propose = () => {
        const [medicine, language, edition] = parts;
        if (!medicine.value) return;
        const name = medicine.selectedOptions[0].textContent;
        const pieces = [plain(name)];
        if (language.value !== "en") pieces.push(language.value);
        if (edition.value !== "standard") pieces.push(edition.value);
        if (!isOwn) slug.value = pieces.join("-");
        if (title && !title.value) title.value = name;
    };
    for (const part of parts) part.addEventListener("change", propose);
    propose();
}
