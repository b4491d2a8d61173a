// The keyboard: "/" and Ctrl K go to the search box, "j" and "k" walk along rows, "?" shows the help.
"use strict";
(() => {
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  function walk(selector, step) {
    const all = [...document.querySelectorAll(selector)];
    if (!all.length) return;
    const at = all.indexOf(document.activeElement.closest(selector));
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    (next.matches("a") ? next : next.querySelector("a, button, input") || next).focus();
  }

  function leave() {
    const hits = document.getElementById("hits");
    if (hits) hits.replaceChildren();
    if (typing(document.activeElement)) document.activeElement.blur();
  }

  function openHelp(event, id) {
    const help = document.getElementById(id);
    if (help && !help.open) { event.preventDefault(); help.showModal(); }
  }

  function search(event) {
    const box = document.querySelector('[role="search"] input[type="search"]');
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  }

  // In the suggestions the arrows walk; the first one up returns to the box.
  function suggested(event) {
    if (!event.target.closest(".hits-for") || !["ArrowDown", "ArrowUp"].includes(event.key)) return false;
    const hits = [...document.querySelectorAll("[data-hit]")];
    if (!hits.length) return false;
    event.preventDefault();
    const at = hits.indexOf(document.activeElement);
    if (event.key === "ArrowUp" && at <= 0) search(event);
    else walk("[data-hit]", event.key === "ArrowDown" ? 1 : -1);
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const palette = event.ctrlKey && event.key.toLowerCase() === "k";
    if (palette) return search(event);
    if (event.ctrlKey || suggested(event)) return;
    if (event.key === "Escape") return leave();
    if (typing(event.target)) return;
    if (event.key === "/") search(event);
    else if (event.key === "j" || event.key === "k") walk("[data-row]", event.key === "j" ? 1 : -1);
    else if (event.key === "?") openHelp(event, "keys");
    else {
      const pressed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (pressed) { event.preventDefault(); pressed.click(); }
    }
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) openHelp(event, opener.dataset.opens);
  });
})();
