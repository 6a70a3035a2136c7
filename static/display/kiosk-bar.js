/** The buttons that are always there: emergency, back, start, language, look, voice. */

import { say } from "./frame.js";
import * as audio from "./kiosk-audio.js";
import { app, back, getOtherLanguage, getShown, go, home, onShow, setLanguage, setLook } from "./kiosk-app.js";
import { makeButton } from "./kiosk-parts.js";
import { wipe } from "./kiosk-idle.js";

const bar = document.querySelector("[data-bar]");
const root = document.documentElement;

function makeKey(name, text, picture, action, more = {}) {
  return makeButton(text, picture, action, { kind: "k-key", "data-key": name, ...more });
}

function makeKeys() {
  const [big, high] = [root.dataset.look === "big", root.dataset.contrast === "high"];
  const isFirst = app.stack.length < 2;
  const emergency = makeKey("emergency", say("kiosk.emergency"), "s-emergency", () => getShown() !== "emergency" && go("emergency"), {
    class: "k-key is-emergency",
  });
  const other = getOtherLanguage();
  return [
    makeKey("home", say("kiosk.home"), "i-home", home, { disabled: getShown() === "home" }),
    makeKey("back", say("kiosk.back"), "i-back", back, { disabled: isFirst }),
    makeKey("language", say("kiosk.language"), "i-language", () => setLanguage(other), { lang: other }),
    makeKey("look", say("kiosk.look.big"), "i-text-size", () => setLook("look", big ? "" : "big"), { pressed: big }),
    makeKey("contrast", say("kiosk.contrast.high"), "i-contrast", () => setLook("contrast", high ? "" : "high"), {
      pressed: high,
    }),
    makeKey("audio", say("kiosk.audio.on"), "i-speak", audio.toggle, { pressed: audio.isOn() }),
    makeKey("done", say("kiosk.done"), "i-check", wipe, { hidden: getShown() === "attract" }),
    emergency,
  ];
}

/** Keep the bar true to what is shown; whoever pressed one of its keys stays on it. */
export function draw() {
  const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
  bar.setAttribute("aria-label", say("kiosk.bar"));
  bar.replaceChildren(...makeKeys(), ...audio.makeControls());
  if (focused) bar.querySelector(`[data-key="${focused}"]:not(:disabled)`)?.focus({ preventScroll: true });
}

/** Begin. */
export function start() {
  let pressed = "";
  bar.addEventListener("click", (event) => {
    pressed = event.target.closest?.("[data-key]")?.dataset.key ?? "";
  }, { capture: true });
  onShow(() => {
    draw();
    // a switch of the bar leaves the focus where it is; what leads elsewhere gives it away
    if (["language", "look", "contrast", "audio"].includes(pressed))
      bar.querySelector(`[data-key="${pressed}"]`)?.focus({ preventScroll: true });
    pressed = "";
  });
}

