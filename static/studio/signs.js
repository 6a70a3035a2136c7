// The list of signs: tick all that are listed.

const all = document.querySelector("[data-tick-all]");
const boxes = [...document.querySelectorAll('input[type="checkbox"][name="sign"]')];

if (all && boxes.length) {
  all.hidden = false;
  all.addEventListener("click", () => {
    const ticked = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !ticked;
  });
}
