/**
 * The form "something is wrong here": sent in the background, and kept on the phone where there is no network.
 */

import { make, readPage, say } from "./page.js";
import { keepReport, makeKey } from "./reports.js";

const ANSWER_MS = 10_000;

/** Take over the form of the page. */
export function attach(form) {
  // the page may have been kept: then its form was made for nobody in particular
  const asked = new URL(location.href).searchParams;
  form.elements.key.value = makeKey();
  for (const name of ["about", "spot"]) form.elements[name].value ||= asked.get(name) || "";
  const where = form.elements.where;
  if (where && !where.value && asked.get("about")) where.value = asked.get("about");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

async function send(form) {
  const button = form.querySelector("[type=submit]");
  if (button.disabled) return;
  button.disabled = true;
  const fields = Object.fromEntries(new FormData(form));
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "text/html" },
      credentials: "omit",
      signal: stop.signal,
    });
    if (answer.status === 503) throw new Error("away");
    if (answer.redirected) location.replace(answer.url);
    else show(await answer.text());
  } catch {
    showKept(form, await keepReport({ address: form.action, fields, at: Date.now() }));
  } finally {
    clearTimeout(limit);
    button.disabled = false;
  }
}

/** What is wrong with it is said in the same page. */
function show(text) {
  const fresh = readPage(text).querySelector("main");
  if (!fresh) return;
  const own = document.querySelector("main");
  own.replaceChildren(...Array.from(fresh.childNodes, (node) => document.importNode(node, true)));
  const form = own.querySelector("form[data-report]");
  if (form) attach(form);
  const problem = own.querySelector("#problem");
  problem?.setAttribute("tabindex", "-1");
  problem?.focus();
}

function showKept(form, lasts) {
  const heading = make("h1", { tabindex: "-1" }, say("report.kept"));
  const text = make("p", {}, say(lasts ? "report.kept-how" : "report.kept-here"));
  const back = document.querySelector("main > p > a.button");
  form.closest("main").replaceChildren(heading, text, ...(back ? [make("p", {}, back)] : []));
  document.title = heading.textContent;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}
