/**
 * Documents of our server, and only those: from the network, else from what the worker keeps.
 */

const HEADER = "X-Wayfinder";

/** The answer is not ours: a login page, a proxy's error, half a document. */
export class ForeignAnswerError extends Error {}

/** Read the content of an answer of ours: null where it is not whole; throws where it is not ours. */
async function readOwn(answer) {
  const mark = answer.headers.get(HEADER);
  if (answer.status !== 200 || answer.redirected || !mark) throw new ForeignAnswerError(`${answer.status} without our mark`);
  const content = await answer.arrayBuffer();
  // where pages have no hashes (no https) the mark alone must do
  return !globalThis.crypto?.subtle || (await hash(content)) === mark ? content : null;
}

async function hash(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Fetch a document.
 *
 * First from the network, for at most `timeout` ms; else what is kept. With `first: "kept"` what is kept
 * comes first. Resolves to {answer, content, source}, or null where there is neither.
 */
export async function fetchDocument(path, { timeout = 2_000, first = "network" } = {}) {
  // the worker lets "no-cache" pass, and answers everything else with what it keeps
  const ways = { network: { cache: "no-cache" }, kept: {} };
  const order = first === "kept" ? ["kept", "network"] : ["network", "kept"];
  for (const source of order) {
    try {
      const [answer, content] = await fetchOwn(path, { ...ways[source], timeout });
      return { answer, content, source, text: () => decode(content), json: () => JSON.parse(decode(content)) };
    } catch {
      // the other source is asked
    }
  }
  return null;
}

function decode(content) {
  return new TextDecoder().decode(content);
}

/** Fetch an answer of ours, whole, in time; throws otherwise. */
export async function fetchOwn(path, { timeout = 6_000, ...options } = {}) {
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), timeout);
  try {
    for (const cache of [options.cache || "default", "reload"]) {
      const answer = await fetch(path, { ...options, cache, signal: stop.signal });
      const content = await readOwn(answer);
      if (content) return [answer, content];
      // the browser may have half of it, and the server says that it is unchanged
    }
    throw new ForeignAnswerError("the content is not what was sent");
  } finally {
    clearTimeout(limit);
  }
}
