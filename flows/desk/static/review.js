// 1, 2, 3 and u press the button that shows that key; the page works without this file.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button || document.body.dataset.sent) return;
  event.preventDefault();
  document.body.dataset.sent = "yes";
  button.click();
});

// A page that comes back from the browser's memory takes keys again.
window.addEventListener("pageshow", () => { delete document.body.dataset.sent; });
