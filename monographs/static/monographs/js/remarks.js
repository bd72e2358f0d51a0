// A passage marked in the text goes into the form of a new remark, with its section. Copying does the same by hand.

const text = document.querySelector(".as-patients-see");
const quote = document.getElementById("id_quote");
const section = document.getElementById("id_section_key");
let taken = ""; // what this script put there: only that is replaced, never what a person typed

const folded = (words) => words.split(/\s+/).join("");

function sectionOf(range, words) {
    // Headings carry the section's name: "part-dosage". A passage that goes on in the next is one of the whole leaflet.
    const start = range.startContainer;
    const part = (start.nodeType === Node.ELEMENT_NODE ? start : start.parentElement).closest("section.part");
    const name = part?.querySelector("h2[id^=part-]")?.id.slice("part-".length);
    const isWhole = name && folded(part.textContent).includes(folded(words));
    return isWhole && [...section.options].some((option) => option.value === name) ? name : "";
}

function take() {
    const marked = document.getSelection();
    if (marked.isCollapsed || !text.contains(marked.anchorNode)) return;
    const words = marked.toString().trim();
    if (!words || (quote.value.trim() && quote.value !== taken)) return;
    quote.value = taken = words;
    section.value = sectionOf(marked.getRangeAt(0), words);
}

if (text && quote && section) {
    document.addEventListener("mouseup", take);
    document.addEventListener("keyup", take);
    document.addEventListener("touchend", take);
}
