// Forms that take files: what the server would refuse is said before it is sent.

for (const field of document.querySelectorAll("input[type=file][data-most-mb]")) {
  field.addEventListener("change", () => {
    const file = field.files[0];
    const large = file && file.size > Number(field.dataset.mostMb) * 2 ** 20;
    field.setCustomValidity(large ? field.dataset.tooLarge : "");
    if (large) field.reportValidity();
  });
}

/** Show of a form what the choice of how to begin needs. */
function followStart(form) {
  const show = () => {
    const chosen = form.elements.start.value;
    for (const part of form.querySelectorAll("[data-for]")) {
      const wanted = part.dataset.for.split(" ").includes(chosen);
      part.hidden = !wanted;
      for (const field of part.querySelectorAll("input, select")) field.disabled = !wanted;
    }
    for (const name of ["lat", "zone"]) form.elements[name].required = chosen !== "plan";
    form.elements.file.required = chosen !== "empty";
  };
  for (const field of form.elements.start) field.addEventListener("change", show);
  for (const hint of form.querySelectorAll("[data-script-hides]")) hint.hidden = true;
  show();
}

for (const form of document.querySelectorAll("form.new-venue")) followStart(form);

for (const bar of document.querySelectorAll("[data-all]")) {
  bar.hidden = false;
  for (const button of bar.querySelectorAll("[data-check]")) {
    button.addEventListener("click", () => {
      for (const box of document.querySelectorAll("input[name=row]:not(:disabled)")) {
        box.checked = button.dataset.check === "all";
      }
    });
  }
}
