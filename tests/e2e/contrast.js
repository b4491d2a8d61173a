// Text whose contrast with its ground is below 4.5 (WCAG 2.2, success criterion 1.4.3; formula of relative
// luminance from its definition). The ground of a text in a drawing is the mark that it is written on.
() => {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const opaque = (colour) => { const c = channels(colour); return c.length < 4 || c[3] === 1; };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (opaque(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const seen = [...document.querySelectorAll("body *")].filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) &&
    !e.closest("title, style") && e.getClientRects().length);
  const weak = seen.map((e) => {
    const drawn = e.ownerSVGElement !== null && e.ownerSVGElement !== undefined;
    const colour = drawn ? getComputedStyle(e).fill : getComputedStyle(e).color;
    // words stand in the group of their mark, or in one of their own right after it, above its link
    const group = drawn ? e.closest("g") : null;
    const box = group && (group.querySelector(":scope > rect") || group.previousElementSibling?.querySelector("rect"));
    const inside = box && box.getBoundingClientRect().right >= e.getBoundingClientRect().right - 1 &&
      box.getBoundingClientRect().left <= e.getBoundingClientRect().left;
    const under = inside && getComputedStyle(box).fill.startsWith("rgb") ? getComputedStyle(box).fill : ground(e);
    return [contrast(colour, under), colour, under, e.textContent.trim().slice(0, 40)];
  }).filter(([value]) => value < 4.5);
  return { seen: seen.length, weak };
}
