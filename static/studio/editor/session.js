// Asking the server: with the token, errors as values, and what is lost on the way told apart from what is refused.

import { data } from "./page.js";

/** There was no answer, or none of ours: ask again later. */
export class OfflineError extends Error {}

/** Nobody is signed in any more. */
export class SignedOutError extends Error {}

/** The server said no: `status`, its `code` and `reason` in words, and the whole `answer`. */
export class RefusedError extends Error {
  constructor(status, answer) {
    super(answer?.error?.reason ?? String(status));
    this.status = status;
    this.answer = answer ?? {};
    this.code = this.answer.error?.code ?? String(status);
    this.reason = this.answer.error?.reason ?? "";
    this.featureId = this.answer.error?.feature_id ?? null;
  }
}

const PATIENCE_MS = 30000;
const LATER = new Set([429, 502, 503, 504]);

export class Session extends EventTarget {
  constructor() {
    super();
    this.token = document.body.dataset.token ?? "";
    this.isOut = false;
  }

  /** Ask for something below the draft's address; `query` by name. */
  get(path, query = {}, options = {}) {
    const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== undefined));
    if (this.isOut) given.set("token", "1");
    return this.#ask(`${data.api}/${path}${given.size ? `?${given}` : ""}`, { ...options });
  }

  post(path, body) {
    return this.#ask(`${data.api}/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Wayfinder-Token": this.token },
      body: JSON.stringify(body),
    });
  }

  async #ask(path, options) {
    let response;
    try {
      response = await fetch(path, {
        credentials: "same-origin",
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...options,
        headers: { Accept: "application/json", "Accept-Language": data.language, ...options.headers },
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new OfflineError(String(error));
    }
    const answer = await response.json().catch(() => null);
    if (response.status === 401) {
      this.#setOut(true);
      throw new SignedOutError();
    }
    if (response.ok && answer === null) throw new OfflineError("no answer of ours");
    if (response.ok) {
      if (answer.token) this.token = answer.token;
      if (this.isOut) this.#setOut(false);
      return answer;
    }
    if (LATER.has(response.status) || answer === null) throw new OfflineError(String(response.status));
    throw new RefusedError(response.status, answer);
  }

  #setOut(isOut) {
    if (isOut === this.isOut) return;
    this.isOut = isOut;
    this.dispatchEvent(new CustomEvent("out", { detail: { isOut } }));
  }
}
