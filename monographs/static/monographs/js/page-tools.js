// Copy the page's address, print it, and show the row of tools once they work.
const canonical = () => document.querySelector("link[rel=canonical]")?.href ?? location.href;

async function copyLink(button) {
  await navigator.clipboard.writeText(canonical());
  const words = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = words), 3000);
}

function start() {
  const tools = document.querySelector(".tools");
  if (!tools) return;
  const copy = tools.querySelector("[data-copy-link]");
  if (copy && navigator.clipboard) copy.addEventListener("click", () => copyLink(copy));
  else if (copy) copy.hidden = true; // only secure pages may copy
  copy?.setAttribute("aria-live", "polite");
  tools.querySelector("[data-print]").addEventListener("click", () => print());
  tools.classList.add("is-ready");
  // The link asks for the replies by its address, without JavaScript, too; with it the printing follows at once.
  document.querySelector("[data-print-replies]")?.addEventListener("click", () => setTimeout(() => print(), 0));
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
