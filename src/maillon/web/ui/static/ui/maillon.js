// The keyboard: "/" goes to the search box, "j" and "k" walk along rows, "?" shows the help.
"use strict";
(() => {
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const rows = () => [...document.querySelectorAll("[data-row]")];

  function walk(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(document.activeElement.closest("[data-row]"));
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    (next.querySelector("a, button, input") || next).focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const palette = event.ctrlKey && event.key.toLowerCase() === "k";
    if (event.ctrlKey && !palette) return;
    if (!palette && typing(event.target)) return;
    if (palette || event.key === "/") {
      const box = document.querySelector('[role="search"] input[type="search"]');
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    } else if (event.key === "j" || event.key === "k") {
      walk(event.key === "j" ? 1 : -1);
    } else if (event.key === "?") {
      const help = document.getElementById("keys");
      if (help) { event.preventDefault(); help.showModal(); }
    } else {
      const pressed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (pressed) { event.preventDefault(); pressed.click(); }
    }
  });
})();
