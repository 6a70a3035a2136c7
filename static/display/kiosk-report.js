/** Something is wrong here: what, by one touch; words by phone, for nobody types his troubles on a screen in a hall. */

import { given as frame, make, say } from "./frame.js";
import { app, go, home, register, show } from "./kiosk-app.js";
import { draw, makeButton } from "./kiosk-parts.js";
import { makeCode } from "./kiosk-qr.js";

const KINDS = [
  ["blocked", "i-close"],
  ["sign-missing", "i-map"],
  ["moved", "i-swap"],
  ["lift-out", "s-lift"],
  ["other", "i-info"],
];
const ANSWER_MS = 8_000;
const body = document.body.dataset;

/** The button that leads here; none where nobody hears. */
export function makeLink(about, kind) {
  if (!("hears" in body)) return null;
  return makeButton(say("kioskreport.link"), "i-tell", () => go("wrong", { about }), { kind: `${kind} k-report` });
}

const makeKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The address of the same form on a phone. */
function makeAddress(about) {
  const start = body.go.slice(0, body.go.lastIndexOf("/go/"));
  return `${start}/report?${new URLSearchParams({ about, lang: document.documentElement.lang })}`;
}

async function send(given, kind) {
  if (given.state === "sending") return;
  given.state = "sending";
  given.key ??= makeKey();
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), ANSWER_MS);
  const fields = { kind, key: given.key, about: given.about, source: "kiosk" };
  try {
    const address = `/v/${encodeURIComponent(frame.venue)}/report?lang=${document.documentElement.lang}`;
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), credentials: "omit", signal: stop.signal });
    // who is one of many is told the same: staff know
    given.state = answer.ok || answer.status === 429 ? "sent" : "failed";
  } catch {
    given.state = "failed";
  } finally {
    clearTimeout(limit);
  }
  // somebody may have gone on in the meantime
  if (app.stack.at(-1)?.given === given) show();
}

function showWrong(given) {
  const place = app.places.find(given.about);
  const title = place ? say("kioskreport.title-place", { place: app.places.name(place) }) : say("kioskreport.title");
  if (given.state === "sent" || given.state === "failed") {
    const [picture, text] = given.state === "sent" ? ["i-check", "kioskreport.sent"] : ["i-warning", "kioskreport.failed"];
    const said = make("p", { class: "k-notice", role: "status" }, draw(picture), make("span", {}, say(text)));
    const on = makeButton(say("kiosk.home"), "i-home", home, { kind: "k-primary" });
    return { title, panel: make("div", { class: "k-wrong" }, said, on), focus: on };
  }
  const kinds = KINDS.map(([kind, picture]) =>
    makeButton(say(`kioskreport.kind.${kind}`), picture, () => send(given, kind), { kind: "k-button", "data-wrong": kind }),
  );
  const code = makeCode(makeAddress(given.about), say("kioskreport.code"));
  return {
    title,
    panel: make(
      "div",
      { class: "k-wrong" },
      make("div", { class: "k-wrong-kinds", role: "group", "aria-label": say("kioskreport.what") }, ...kinds),
      make("p", { class: "k-wrong-code" }, code, make("span", {}, say("kioskreport.code"))),
    ),
  };
}

/** Offer this view. */
export function start() {
  register("wrong", showWrong);
}
