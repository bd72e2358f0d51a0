// Names to choose from while somebody types the name of a medicine: an editable combobox with a list, after the
// ARIA Authoring Practices Guide. Without this the form works as it is.
const WAIT = 150; // ms without a key before names are asked for
const LONGEST = 30; // letters that the server looks at

const form = document.querySelector("form[data-suggestions]");
if (form) suggest(form);

function suggest(form) {
  const input = form.querySelector("input[name=q]");
  const list = add("ul", { id: "q-names", role: "listbox", "aria-label": form.dataset.label, class: "suggestions" });
  const status = add("div", { role: "status", class: "unseen" });
  const known = new Map();
  let active = -1;
  let timer;
  let latest;
  list.hidden = true;
  input.type = "text"; // a search field may not be a combobox (ARIA in HTML)
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });
  input.enterKeyHint = "search";

  input.addEventListener("input", () => {
    close();
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const act = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Escape: escape, Enter: enter, Tab: close }[event.key];
    if (act?.() === true) event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });

  async function look() {
    const typed = input.value.trim().toLowerCase().slice(0, LONGEST);
    latest = typed;
    if (!typed) return;
    try {
      if (!known.has(typed)) known.set(typed, await ask(typed));
    } catch {
      return; // no network: the form still works
    }
    if (latest === typed && document.activeElement === input) show(known.get(typed));
  }

  async function ask(typed) {
    const answer = await fetch(`${form.dataset.suggestions}?${new URLSearchParams({ q: typed })}`);
    if (!answer.ok) throw new Error(answer.status);
    return (await answer.json()).names;
  }

  function show(names) {
    list.replaceChildren(...names.map(option));
    list.hidden = !names.length;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = names.length ? form.dataset.count.replace("0", names.length) : "";
  }

  function option({ name, of }, place) {
    const item = document.createElement("li");
    set(item, { role: "option", id: `q-name-${place}`, "aria-selected": "false", dir: "auto" });
    item.dataset.name = name;
    item.append(name);
    if (of) {
      const generic = document.createElement("span");
      generic.className = "aside";
      generic.dir = "auto";
      generic.textContent = of;
      item.append(" ", generic);
    }
    return item;
  }

  function step(by) {
    if (list.hidden) {
      look();
      return true;
    }
    const count = list.children.length;
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (active + by + count + (active < 0 && by < 0 ? 1 : 0)) % count;
    const chosen = list.children[active];
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", chosen.id);
    return true;
  }

  function enter() {
    if (list.hidden || active < 0) return false; // the form goes off with what was typed
    choose(list.children[active]);
    return true;
  }

  function escape() {
    if (list.hidden) return false;
    close();
    return true;
  }

  function choose(option) {
    input.value = option.dataset.name;
    close();
    form.requestSubmit();
  }

  function close() {
    clearTimeout(timer);
    latest = undefined;
    active = -1;
    list.hidden = true;
    status.textContent = "";
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", "false");
  }

  function add(tag, attributes) {
    const element = document.createElement(tag);
    set(element, attributes);
    input.parentElement.append(element);
    return element;
  }
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
