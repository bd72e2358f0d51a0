// The page on which two texts are put together: whoever types into a text has chosen it, colleagues see that somebody
// is at it, and saving waits until the server is there. Everything can be done without it.

import {ask, isLeaving, notice, saveCarefully, settings} from "./server.js";

const form = document.querySelector("form.conflict");
const PRESENCE = 20000; // ms between signs of life

form.addEventListener("input", (event) => {
    const part = event.target.dataset.chooses && event.target.closest("fieldset");
    if (part) part.querySelector(`input[value=${event.target.dataset.chooses}]`).checked = true;
});

async function sign() {
    const body = new FormData();
    body.append("based_on", form.elements.based_on.value);
    const {response, answer, sentence} = await ask(settings.autosave, body);
    notice("trouble", sentence, {isWrong: true});
    notice("others", answer?.others);
    return Boolean(response);
}

setInterval(() => {
    if (!isLeaving) sign();
}, PRESENCE);

saveCarefully(form, sign);
