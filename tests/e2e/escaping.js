// Elements that stick out of the window, unless a box of their own scrolls.
() => [...document.querySelectorAll("main *")]
  .filter((e) => !e.closest(".tbl, .wide, svg, details:not([open])") || e.matches(".tbl, .wide"))
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => `${e.tagName}.${e.className}: ${e.textContent.slice(0, 40)}`)
