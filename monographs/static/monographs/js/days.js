// Names the day beside its field while it is typed, as the server does once it is saved.
// Understood here: ISO, and numbers alone with one reading; everything else is left to the server.

const LANGUAGE = document.documentElement.lang.replace(/^en$/, "en-GB") || "en-GB"; // the day before the month

const ascii = (text) => text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15);

function dayOf(year, month, day) {
    const found = new Date(Date.UTC(year, month - 1, day));
    return found.getUTCMonth() === month - 1 && found.getUTCDate() === day ? found : null;
}

function readings(text) {
    const parts = ascii(text).trim().match(/^(\d{1,4})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{1,4})$/);
    if (!parts) return [];
    const [first, second, third] = parts.slice(1).map(Number);
    if (parts[1].length === 4 && parts[3].length < 3) return [dayOf(first, second, third)].filter(Boolean);
    if (parts[1].length > 2 || parts[3].length !== 4) return [];
    const both = [dayOf(third, second, first), dayOf(third, first, second)].filter(Boolean);
    return both.length === 2 && both[0].getTime() === both[1].getTime() ? [both[0]] : both;
}

function name(field, words) {
    const days = readings(field.value);
    if (days.length === 1) {
        const year = days[0].getUTCFullYear();
        words.textContent = year < 1900 || year > 2199 ? "" : new Intl.DateTimeFormat(LANGUAGE, {
            weekday: "long", day: "numeric", month: "long", year: "numeric",
            timeZone: "UTC", calendar: "gregory", numberingSystem: "latn",
        }).format(days[0]);
    } else {
        words.textContent = days.length === 2 ? words.dataset.twoWays : "";
    }
}

// The calendar fills a field without an event of its own, and gives it the focus.
for (const event of ["input", "change", "focusin"]) {
    document.addEventListener(event, ({target}) => {
        const words = target.closest?.(".day-field")?.querySelector(".day-in-words");
        if (words && target.matches("input") && !(event === "focusin" && target.value === target.defaultValue)) name(target, words);
    });
}
