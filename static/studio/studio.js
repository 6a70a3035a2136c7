// What pages of the studio do beside what they are without a script: everything works without.

/** Let passwords be looked at. */
function showPeeks() {
  for (const button of document.querySelectorAll("[data-peek]")) {
    const field = document.getElementById(button.dataset.peek);
    button.hidden = false;
    button.addEventListener("click", () => {
      const hidden = field.type === "password";
      field.type = hidden ? "text" : "password";
      button.textContent = hidden ? button.dataset.hide : button.dataset.show;
      field.focus();
    });
  }
  // nobody's browser keeps what was shown as a mere text
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", () => {
      for (const field of form.querySelectorAll("[autocomplete$=password]")) field.type = "password";
    });
  }
}

/** Let links be copied, where the browser can. */
function showCopies() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    const field = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.done;
    });
  }
  for (const field of document.querySelectorAll("[data-select]")) {
    field.addEventListener("focus", () => field.select());
  }
}

function showPrints() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

showPeeks();
showCopies();
showPrints();
document.documentElement.dataset.script = "ready";
