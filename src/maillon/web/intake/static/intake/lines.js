// Lines: Escape leaves a cell, one box ticks the lines of the page.
"use strict";
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const leave = event.target.closest(".editing")?.querySelector("[data-leave]");
    if (leave) { event.preventDefault(); leave.click(); }
  });
  const show = () => document.querySelectorAll("[data-every]").forEach((box) => { box.hidden = false; });
  document.addEventListener("change", (event) => {
    const name = event.target.dataset?.every;
    if (!name) return;
    document.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`).forEach((box) => { box.checked = event.target.checked; });
  });
  document.addEventListener("htmx:after:swap", show);
  show();
})();
