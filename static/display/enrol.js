/**
 * Makes this browser the display's own, once: the staff open the display's address with `#enrol`, or `#enrol=CODE`, and a
 * code that is good for ten minutes. What follows `#` never leaves the browser, so no log has the code.
 */

import { given, make, readJson, say, store } from "./given.js";
import { touched } from "./idle.js";
import { reportNow } from "./reports.js";

const ADDRESS = "/api/v1/displays/enrol";
const ANSWER_MS = 15_000;
/** Nobody is there: the public is not shown a form for long. */
const CLOSE_MS = 120_000;
const LENGTH = 8;
/** The alphabet of the codes: no letter that looks like a digit (docs/signs.md). */
const KEYS = "34679ACDEFHJKMNPQRTVWXY";
const FRAGMENT = /^#enrol(?:=(.*))?$/;

/** Ask for the display's token; resolves to "", or to what is wrong as a message id. */
export async function enrol(code) {
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    const answer = await fetch(ADDRESS, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ display: given.id, code }),
      signal: stop.signal,
    });
    const { token } = readJson(await answer.text()) || {};
    if (answer.status === 201 && token) {
      store.set("token", token);
      // it is good no more: nothing to be kept from anybody
      store.set("code", clean(code));
      reportNow();
      return "";
    }
    return answer.status === 403 || answer.status === 400 ? "display.enrol.refused" : answer.status === 429 ? "display.enrol.too-often" : "display.enrol.away";
  } catch {
    return "display.enrol.away";
  } finally {
    clearTimeout(limit);
  }
}

function clean(code) {
  return code.replace(/[^0-9a-z]/gi, "").toUpperCase();
}

function showForm(problem = "") {
  document.querySelector("[data-enrol]")?.remove();
  const told = make("p", { class: "enrol-told", role: "status" }, problem && say(problem));
  const field = make("input", { id: "wf-enrol", class: "enrol-code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", inputmode: "none", maxlength: 12 });
  const form = make(
    "form",
    { class: "enrol", "data-enrol": true, role: "dialog", "aria-modal": "true", "aria-labelledby": "wf-enrol-title", submit: (event) => send(event, field, told) },
    make("h2", { id: "wf-enrol-title" }, say("display.enrol.title", { display: given.id })),
    make("label", { for: "wf-enrol" }, say("display.enrol.code")),
    field,
    told,
    makeKeys(field),
    make("div", { class: "enrol-row" }, make("button", { type: "submit", class: "enrol-go" }, say("display.enrol.go")), make("button", { type: "button", click: close }, say("display.enrol.close"))),
  );
  document.body.append(form);
  field.focus();
  watch(form);
}

function makeKeys(field) {
  const type = (key) => () => {
    field.value = (field.value + key).slice(0, LENGTH + 1);
  };
  const keys = [...KEYS].map((key) => make("button", { type: "button", click: type(key) }, key));
  const erase = make("button", { type: "button", "aria-label": say("display.enrol.erase"), click: () => (field.value = field.value.slice(0, -1)) }, "⌫");
  return make("div", { class: "enrol-keys" }, ...keys, erase);
}

async function send(event, field, told) {
  event.preventDefault();
  told.textContent = say("display.enrol.wait");
  const problem = await enrol(field.value);
  told.textContent = say(problem || "display.enrol.done");
  field.value = "";
  if (!problem) setTimeout(close, 4_000);
}

/** The form stays as long as somebody uses it, and no page is swapped meanwhile. */
function watch(form) {
  touched();
  let timer = setTimeout(close, CLOSE_MS);
  for (const name of ["pointerdown", "keydown"]) {
    form.addEventListener(name, () => {
      clearTimeout(timer);
      timer = setTimeout(close, CLOSE_MS);
    });
  }
}

function close() {
  document.querySelector("[data-enrol]")?.remove();
}

/** Enrol if the address asks for it. */
export async function start() {
  addEventListener("hashchange", look);
  await look();
}

async function look() {
  const asked = FRAGMENT.exec(location.hash);
  if (!asked) return;
  const code = asked[1] ? decode(asked[1]) : "";
  // a code in the address that the browser starts with is used up: what it got for it counts, until there is a new one
  if (code && store.get("token") && store.get("code") === clean(code)) return forget();
  const problem = code ? await enrol(code) : "";
  // who passes by a display that has a token is shown no form
  if (!code || (problem && !store.get("token"))) showForm(problem);
  forget();
}

/** What stands behind the `=`, as it is where it is no valid escape. */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function forget() {
  history.replaceState(history.state, "", given.path);
}
