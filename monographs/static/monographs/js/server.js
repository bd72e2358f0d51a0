// What the scripts around a leaflet's forms share: asking the server, and telling what came of it over the form.

const found = document.getElementById("editor-settings");
export const settings = found ? JSON.parse(found.textContent) : null;
const words = settings?.words;
const notices = document.querySelector(".editor-notices");
const PATIENCE = 30000; // ms; what hangs for longer is given up, so that saving can be tried again

export function token() {
    // The cookie is newer than the form after somebody has logged in again in another tab.
    const pair = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${settings.cookie}=`));
    return pair ? pair.slice(settings.cookie.length + 1) : document.querySelector("[name=csrfmiddlewaretoken]").value;
}

export async function ask(url, body) {
    // {response, answer (its JSON, if it is some), sentence (what went wrong)}; without a response the server was not
    // reached, does not know the person any more, or has trouble of its own.
    let response;
    let answer = null;
    try {
        response = await fetch(url, {
            method: "POST", body, headers: {"X-CSRFToken": token()}, credentials: "same-origin",
            signal: AbortSignal.timeout?.(PATIENCE),
        });
        if (response.headers.get("Content-Type")?.startsWith("application/json")) answer = await response.json();
    } catch {
        return {response: null, answer: null, sentence: words.offline};
    }
    if (response.status === 403 || response.redirected) return {response: null, answer: null, sentence: words.loggedOut};
    if (!response.ok && !answer) {
        return {response: null, answer: null, sentence: response.status < 500 ? words.tooLong : words.trouble};
    }
    return {response, answer, sentence: response.ok ? "" : answer.error};
}

export function notice(subject, sentence, {isWrong = false, buttons = []} = {}) {
    // One line for each subject. A button is [label, what it does], or [label, address] for a link.
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
        const isLink = typeof act === "string";
        const button = document.createElement(isLink ? "a" : "button");
        button.textContent = label;
        if (isLink) button.href = act;
        else {
            button.type = "button";
            button.addEventListener("click", act);
        }
        line.append(" ", button);
    }
}

// Pictures on their way, each a promise of whether it came into the text. Saving waits for them.
const sending = new Set();

export function whileSending(pictures) {
    const isThere = pictures.catch(() => false).finally(() => sending.delete(isThere));
    sending.add(isThere);
}

async function areAllThere() {
    // Whether every picture that is on its way, or sets out meanwhile, has come into the text.
    let all = true;
    while (sending.size) {
        notice("saving", words.waitingForPicture);
        all = (await Promise.all(sending)).every(Boolean) && all;
    }
    notice("pictures", all ? "" : words.pictureMissing, {isWrong: true});
    return all;
}

addEventListener("beforeunload", (event) => {
    if (sending.size && !isLeaving) event.preventDefault(); // the browser asks; the picture would be lost
});

export let isLeaving = false;

export function saveCarefully(form, isServerThere) {
    // A save after the session's end, or without a network, would leave the page: ask first, and stay with the text.
    // A second click while the first is on its way does nothing. A picture still being sent is waited for, and where
    // it is refused the form is not saved without it.
    let isChecked = false;
    let isBusy = false;
    const stay = () => { isLeaving = isChecked = isBusy = false; };
    form.addEventListener("submit", async (event) => {
        if (isChecked) {
            isChecked = false;
            isLeaving = true;
            form.elements.csrfmiddlewaretoken.value = token();
            setTimeout(stay, PATIENCE); // the person may have stopped the page from loading
            return;
        }
        event.preventDefault();
        if (isBusy) return;
        isBusy = true;
        notice("saving", words.saving);
        if (await areAllThere() && await isServerThere()) {
            isChecked = true;
            form.requestSubmit(event.submitter);
        } else {
            isBusy = false;
            notice("saving", "");
            notices.tabIndex = -1;
            notices.focus();
            notices.scrollIntoView({block: "center"});
        }
    });
    addEventListener("pageshow", (event) => {
        if (!event.persisted) return; // came back, as it was left
        stay();
        notice("saving", "");
    });
}
