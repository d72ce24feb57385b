// What a page can do without asking the server. Every page works without this file.
"use strict";

// A box that ticks all boxes of its table, and a count of what is ticked.
document.querySelectorAll("[data-all]").forEach((all) => {
  const boxes = [...document.querySelectorAll(`input[name="${all.dataset.all}"]`)];
  const told = document.querySelector("[data-count]");
  const count = () => { if (told) told.textContent = boxes.filter((box) => box.checked).length; };
  all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); count(); });
  boxes.forEach((box) => box.addEventListener("change", count));
  count();
});

// "/" leads to the search, j and k along the rows; never while somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
  const search = document.querySelector("[data-search]");
  if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
  const links = [...document.querySelectorAll("[data-row]")];
  const step = { j: 1, k: -1 }[event.key];
  if (step && links.length) {
    const at = links.indexOf(document.activeElement);
    links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
  }
});

// A field that another one's value asks for.
document.querySelectorAll("[data-shown-by]").forEach((part) => {
  const chooser = document.getElementById(part.dataset.shownBy);
  const show = () => { part.hidden = !part.dataset.shownFor.split(" ").includes(chooser.value); };
  chooser.addEventListener("change", show);
  show();
});

document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
