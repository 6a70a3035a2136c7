// The panels at the right, one of them shown; on a small screen they fold.

import { button, fill, icon, make } from "./dom.js";
import { say } from "./words.js";

const TABS = [
  { name: "properties", panel: "panel-properties", icon: "info" },
  { name: "list", panel: "editor-list", icon: "list" },
  { name: "issues", panel: "panel-issues", icon: "warning" },
  { name: "route", panel: "panel-route", icon: "walk" },
  { name: "history", panel: "panel-history", icon: "clock" },
];

/** Where the panels are a sheet below the plan, as the style sheet has it. */
const NARROW = matchMedia("(max-width: 60rem)");

/** Makes the tabs; gives {show(name), count(name, n), current}; `element` says "show" {name}. */
export function makeTabs() {
  const element = document.getElementById("editor-tabs");
  const side = document.getElementById("editor-side");
  const tabs = new Map();
  let current = null;
  const fold = button(say("editor.fold"), { icon: "down", quiet: true, class: "ed-button ed-fold", "aria-expanded": "true" }, () => setFolded(!isFolded()));

  const isFolded = () => "folded" in side.dataset;

  function setFolded(folded) {
    if (folded) side.dataset.folded = "";
    else delete side.dataset.folded;
    fold.setAttribute("aria-expanded", String(!folded));
    fill(fold, icon(folded ? "up" : "down"));
  }

  function show(name, { focus = false } = {}) {
    setFolded(false);
    if (name === current) return;
    current = name;
    for (const [one, { tab, panel }] of tabs) {
      tab.setAttribute("aria-selected", String(one === name));
      tab.tabIndex = one === name ? 0 : -1;
      panel.hidden = one !== name;
    }
    if (focus) tabs.get(name).tab.focus();
    element.dispatchEvent(new CustomEvent("show", { detail: { name } }));
  }

  function move(event) {
    const names = TABS.map((one) => one.name);
    const here = names.indexOf(current);
    const goals = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: names.length - 1 };
    if (!(event.key in goals)) return;
    event.preventDefault();
    show(names.at(goals[event.key] % names.length), { focus: true });
  }

  for (const { name, panel: id, icon: picture } of TABS) {
    const panel = document.getElementById(id);
    const count = make("span", { class: "ed-count" });
    const tab = make("button", { type: "button", role: "tab", class: "ed-button", id: `tab-${name}`, "aria-controls": id }, icon(picture), make("span", null, say(`editor.tab.${name}`)), count);
    // a tab that is shown already folds the sheet again
    tab.addEventListener("click", () => (name === current && NARROW.matches ? setFolded(!isFolded()) : show(name)));
    panel.setAttribute("aria-labelledby", tab.id);
    tabs.set(name, { tab, panel, count });
    element.append(tab);
  }
  element.addEventListener("keydown", move);
  element.after(fold);
  show("properties");
  // the plan has the small screen until something else is asked for
  setFolded(NARROW.matches);
  return {
    element,
    show,
    count: (name, number) => (tabs.get(name).count.textContent = number ? String(number) : ""),
    get current() {
      return current;
    },
  };
}
