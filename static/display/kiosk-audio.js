/**
 * Everything read aloud, for who cannot read the screen: where the focus is, what a view says, what was typed.
 *
 * The voice is the system's. A keypad's arrows and Enter do the rest (kiosk-keyboard.js).
 */

import { say } from "./frame.js";
import { app, onShow } from "./kiosk-app.js";
import { makeButton } from "./kiosk-parts.js";

const root = document.documentElement;
const VOLUMES = [0.6, 0.8, 1];
const RATES = [0.95, 0.75, 1.2];
const START_VOLUME = 1;
const listeners = [];
let [volume, rate, last] = [START_VOLUME, 0, ""];

const synthesis = globalThis.speechSynthesis;

/** Whether everything is read aloud. */
export const isOn = () => root.dataset.audio === "on";

/** Call back when the voice goes on or off. */
export function onToggle(callback) {
  listeners.push(callback);
}

/** Say a text, instead of what is being said. */
export function speak(text, { queue = false } = {}) {
  if (!isOn() || !text) return;
  last = text;
  document.dispatchEvent(new CustomEvent("k-said", { detail: text }));
  if (!synthesis) return;
  if (!queue) synthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = root.lang === "zh-Hans" ? "zh-CN" : root.lang;
  words.voice = findVoice(words.lang);
  [words.volume, words.rate] = [VOLUMES[volume], RATES[rate]];
  synthesis.speak(words);
}

function findVoice(language) {
  const own = synthesis.getVoices().filter((voice) => voice.lang.replace("_", "-").startsWith(language.slice(0, 2)));
  return own.find((voice) => voice.lang.replace("_", "-") === language) ?? own[0] ?? null;
}

/** Whether this screen can speak the language that is shown. */
function hasVoice() {
  return Boolean(synthesis && (synthesis.getVoices().length === 0 ? false : findVoice(root.lang === "zh-Hans" ? "zh-CN" : root.lang)));
}

/** Turn the voice on or off. */
export function toggle() {
  if (isOn()) return turnOff();
  root.dataset.audio = "on";
  [volume, rate] = [START_VOLUME, 0];
  speak(say("kiosk.audio.welcome"));
  tell();
  if (!hasVoice()) showMissing();
  return undefined;
}

/** A screen without a voice says so: whoever waits for one must not wait for ever. */
function showMissing() {
  const caption = document.querySelector("[data-caption]");
  caption.hidden = false;
  caption.textContent = say("kiosk.audio.none");
}

/** Turn the voice off, and forget how it was set. */
export function turnOff() {
  if (isOn()) speak(say("kiosk.audio.goodbye"));
  delete root.dataset.audio;
  [volume, rate, last] = [START_VOLUME, 0, ""];
  tell();
}

function tell() {
  for (const listener of listeners) listener();
}

function change(action) {
  return () => {
    action();
    speak(last || say("kiosk.audio.welcome"));
  };
}

/** The buttons of the voice, while it is on. */
export function makeControls() {
  if (!isOn()) return [];
  const repeat = () => speak(last);
  const louder = change(() => {
    volume = (volume + 1) % VOLUMES.length;
  });
  const slower = change(() => {
    rate = (rate + 1) % RATES.length;
  });
  return [
    makeButton(say("kiosk.audio.repeat"), "i-around", repeat, { kind: "k-key is-audio", "data-key": "repeat" }),
    makeButton(say("kiosk.audio.louder"), "i-speak", louder, { kind: "k-key is-audio", "data-key": "louder" }),
    makeButton(say("kiosk.audio.slower"), "i-clock", slower, { kind: "k-key is-audio", "data-key": "slower" }),
  ];
}

/** What one hears of a thing that has the focus. */
export function describe(element) {
  const name = (element.getAttribute("aria-label") || listTexts(element)).replace(/\s+/g, " ").trim();
  if (element.localName !== "button") return name;
  const said = say(element.getAttribute("aria-pressed") === "true" ? "kiosk.audio.pressed" : "kiosk.audio.button", { name });
  const row = element.closest("li");
  if (!row) return said;
  const rows = [...row.parentElement.children];
  return say("kiosk.audio.position", { name: said, at: rows.indexOf(row) + 1, of: rows.length });
}

function listTexts(element) {
  const parts = [];
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) parts.push(node.textContent);
    else if (node.localName !== "svg" && node.getAttribute?.("aria-hidden") !== "true") parts.push(listTexts(node));
  }
  return parts.filter((part) => part.trim()).join(document.documentElement.lang === "en" ? ", " : "，");
}

/** What a view says besides its buttons. */
function describePanel() {
  const told = app.panel.querySelectorAll("p, dt, dd, .k-tell");
  return [...told].filter((one) => !one.closest("button, [hidden], .k-turns")).map((one) => one.textContent.trim()).filter(Boolean).join(". ");
}

/** Listen to the focus and to views. */
export function start() {
  addEventListener("focusin", ({ target }) => {
    if (target.matches?.("button, [tabindex='0']")) speak(describe(target));
  });
  onShow(({ title }, name) => {
    if (name === "attract") return;
    const text = describePanel();
    if (isOn()) speak(text ? say("kiosk.audio.screen", { title, text }) : title);
    const focus = document.activeElement;
    if (isOn() && focus?.matches?.("button")) speak(describe(focus), { queue: true });
  });
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const typed = (target.closest ? target : target.parentElement)?.closest?.(".k-typed");
      if (typed && isOn()) return speak(typed.textContent.trim());
    }
    return undefined;
  }).observe(app.panel, { childList: true, subtree: true });
  document.addEventListener("k-asked", ({ detail }) => speak(detail));
  synthesis?.getVoices();
}
