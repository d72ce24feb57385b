// A slider and its number say the same; without this file the number alone does the work.
"use strict";

document.querySelectorAll(".slide").forEach((row) => {
  const number = row.querySelector("input[type=number]");
  const slider = row.querySelector("input[type=range]");
  slider.hidden = false;
  slider.addEventListener("input", () => { number.value = slider.value; mark(); });
  number.addEventListener("input", () => { slider.value = number.value; mark(); });
  const mark = () => row.classList.toggle("changed", Number(number.value) !== Number(number.defaultValue));
  mark();
});
