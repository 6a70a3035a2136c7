/**
 * What the page says of its display, its words, and what outlives a page.
 * What is read from the HTML is written down in docs/displays.md.
 */

const root = document.documentElement;
const body = document.body.dataset;

/** What the server said when it made the page. */
export const given = {
  kind: body.kind || "",
  id: body.display || "",
  path: body.path || location.pathname,
  venue: body.venue || "",
  languages: (body.languages || root.lang).split(" ").filter(Boolean),
  release: body.release || "",
  version: body.version || "",
  program: body.program || "",
  made: Date.parse(body.made || "") || 0,
  zone: body.timeZone || undefined,
  desk: body.desk || "",
};

const rules = globalThis.trustedTypes?.createPolicy("wayfinder", {
  createHTML: (text) => text,
  createScriptURL: () => "/display/sw.js",
});

/** The address of the service worker, as the policy of scripts wants it. */
export const workerAddress = rules ? rules.createScriptURL("") : "/display/sw.js";

/** Read a drawing of our server; null for anything else. */
export function readDrawing(text) {
  // the page's own style sheet has the rules (map.css); one in the drawing would be refused
  const bare = text.replace(/<style>[^<]*<\/style>/g, "");
  const drawing = new DOMParser().parseFromString(rules ? rules.createHTML(bare) : bare, "image/svg+xml").documentElement;
  return drawing?.localName === "svg" ? document.importNode(drawing, true) : null;
}

/** JSON, or null for anything else. */
export function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const words = readJson(document.getElementById("wf-words")?.textContent) || {};

/** Say a message in the language that the page is shown in; {placeholders} take the values. */
export function say(msgid, values = {}, language = root.lang) {
  const text = words[language]?.[msgid] ?? words[given.languages[0]]?.[msgid] ?? "";
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Languages in which a banner is told: on a board, where nobody can choose one, all of them. */
export const listTold = () => (given.kind === "board" ? given.languages : [root.lang]);

/** Make an element; attributes that are functions listen, texts stay text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const memory = new Map();
const getName = (key) => `wf-frame:${given.id}:${key}`;

/** What the display itself remembers; nothing of anybody who used it belongs here. */
export const store = {
  get(key) {
    if (memory.has(key)) return memory.get(key);
    try {
      return readJson(localStorage.getItem(getName(key)));
    } catch {
      return null;
    }
  },
  set(key, value) {
    memory.set(key, value);
    try {
      if (value === null) localStorage.removeItem(getName(key));
      else localStorage.setItem(getName(key), JSON.stringify(value));
      memory.delete(key);
    } catch {
      // a full or broken disk: memory has it
    }
  },
};
