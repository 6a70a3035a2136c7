/**
 * What is kept for when there is no network: in the browser's cache, which the service worker reads too;
 * where there is none, in the memory of the open page.
 */

export const CACHE = "wayfinder-1";
/** What is kept under names of our own, never asked of the server. */
export const CHOSEN = "/kept/chosen";
export const SHELL = "/kept/shell";

const memory = new Map();
let opened = null;

function openCache() {
  opened ||= (async () => {
    try {
      return (await globalThis.caches?.open(CACHE)) || null;
    } catch {
      return null;
    }
  })();
  return opened;
}

/** Keep an answer under an address, with what it was made for. */
export async function keep(address, body, headers) {
  memory.set(address, { body, headers });
  const cache = await openCache();
  try {
    await cache?.put(address, new Response(body, { headers: { ...headers, "X-Kept-At": String(Date.now()) } }));
    if (cache) memory.delete(address);
  } catch {
    // full or denied: the page still has it
  }
}

/** What is kept under an address, or null. */
export async function find(address) {
  const held = memory.get(address);
  if (held) return new Response(held.body, { headers: held.headers });
  const cache = await openCache();
  try {
    return (await cache?.match(address, { ignoreVary: true })) || null;
  } catch {
    return null;
  }
}

/** A kept JSON document, or null. */
export async function findJson(address) {
  try {
    return await (await find(address))?.json();
  } catch {
    return null;
  }
}
