// The search box: names in all languages, aliases, codes, room numbers, ids; over all floors.

import { make } from "../dom.js";
import { say } from "../words.js";
import { makeOption, makePlainOption, TYPES } from "./options.js";
import { makeCombo } from "./pick.js";

export function makeSearch(element, context) {
  const { plan } = context;
  let options = null;
  plan.addEventListener("change", () => { options = null; });
  const list = () => {
    options ??= TYPES.filter((type) => type !== "anchor" && type !== "detail").flatMap((type) => plan.list(type).map((one) => (isNameless(one) ? makePlainOption(context, one) : makeOption(context, one))));
    return options;
  };
  const combo = makeCombo({
    label: say("forms.search"), hidden: true, list, keeps: false, placeholder: say("forms.search-placeholder"), key: "search",
    pick: (id) => { combo.set(null); context.go([id]); },
  });
  combo.input.addEventListener("focus", list); // so that the first letter has not to wait for it
  combo.element.classList.add("is-search");
  combo.input.setAttribute("aria-keyshortcuts", "/");
  element.replaceChildren(make("div", { role: "search", class: "ef-search" }, combo.element));
  return { focus: () => combo.input.focus(), input: combo.input };
}

/** Doors without a name are found by their ids alone: to say what each joins takes a while. */
function isNameless(feature) {
  return feature.feature_type === "opening" && !feature.properties.name && !feature.properties.wayfinder?.ref;
}
