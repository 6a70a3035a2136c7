// Where somebody was last in a draft, so that it goes on there: kept by this browser alone.

import { data } from "./page.js";

const STORED = "wayfinder.editor.places";
const MOST_DRAFTS = 20;

function readAll() {
  try {
    const known = JSON.parse(localStorage.getItem(STORED) ?? "[]");
    return Array.isArray(known) ? known : [];
  } catch {
    return []; // nothing is kept here, or not by us
  }
}

/** The `{level, view}` of this draft, or null. */
export function recall() {
  return readAll().find((one) => one?.draft === data.draft.id && one.slug === data.slug) ?? null;
}

/** Keep where one is whenever the page is left. */
export function keepWhereabouts({ state, canvas }) {
  addEventListener("pagehide", () => {
    const others = readAll().filter((one) => one?.draft !== data.draft.id || one.slug !== data.slug);
    const here = { slug: data.slug, draft: data.draft.id, level: state.level, view: canvas.readView() };
    try {
      localStorage.setItem(STORED, JSON.stringify([here, ...others].slice(0, MOST_DRAFTS)));
    } catch {
      // where nothing may be kept it begins anew
    }
  });
}
