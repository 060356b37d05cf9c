// Requests to the server, with the token where it wants one.

import { at, make, pause } from "./chat-dom.js";

/** What the server refused, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(status, detail, seconds) {
    super(detail.charAt(0).toUpperCase() + detail.slice(1) + ".");
    this.status = status;
    this.seconds = seconds;
  }
}

/** The server could not be reached, or went silent. */
export class Lost extends Error {}

const stored = "usher-token";
let token = sessionStorage.getItem(stored);

export const hasToken = () => token !== null;

export function signOut() {
  sessionStorage.clear();
  location.reload();
}

/** Sends a request; asks for the token as often as it takes. */
export async function ask(method, path, { body, headers = {}, signal } = {}) {
  for (;;) {
    const used = token;
    const all = { ...headers };
    if (used !== null) all.Authorization = `Bearer ${used}`;
    if (body !== undefined) all["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(`v1/${path}`, {
        method, signal, headers: all, body: body === undefined ? undefined : JSON.stringify(body), cache: "no-store",
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Lost("The server cannot be reached");
    }
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (problem.status !== 401) throw problem;
    if (used === token) await askForToken(used === null ? "" : problem.message);
  }
}

async function problemOf(response) {
  const document = await response.json().catch(() => ({}));
  const seconds = Number(response.headers.get("Retry-After")) || undefined;
  return new Problem(response.status, String(document.detail ?? `the server answered ${response.status}`), seconds);
}

/** Whether it may well go next time. */
export function isPassing(error) {
  return error instanceof Lost || (error instanceof Problem && [408, 429, 502, 503, 504].includes(error.status));
}

/** How long to wait after so many failures in a row: as long as the server says, or longer and longer. */
export function delay(error, failures) {
  return error?.seconds ?? Math.min(10, 0.5 * 2 ** failures);
}

/** Does something until it goes; `waiting` is told why and how long it waits meanwhile. */
export async function patiently(work, waiting = () => {}) {
  for (let failures = 0; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      const seconds = delay(error, failures);
      waiting(error, seconds);
      await pause(seconds);
    }
  }
}

/** What identifies a request: 128 random bits. (`randomUUID` is there only where the connection is safe.) */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The events of a stream, as they come. (`EventSource` cannot send a token.) */
export async function* events(path, last, signal) {
  const headers = last > 0 ? { "Last-Event-ID": String(last) } : {};
  const response = await ask("GET", path, { headers, signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let text = ""; ; ) {
      const { value, done } = await heard(reader, signal);
      if (done) return;
      const parts = (text + value).split("\n\n");
      text = parts.pop();
      for (const part of parts) {
        const event = parse(part);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

// The server sends something every five seconds, if only a comment; silence means that nobody is there any more.
async function heard(reader, signal) {
  let timer;
  const silence = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Lost("The server is silent")), 20_000);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } catch (error) {
    if (signal.aborted || error instanceof Lost) throw error;
    throw new Lost("The connection broke");
  } finally {
    clearTimeout(timer);
  }
}

function parse(part) {
  const fields = {};
  for (const line of part.split("\n")) {
    const end = line.indexOf(": ");
    if (end > 0) fields[line.slice(0, end)] = line.slice(end + 2);
  }
  return fields.event && { name: fields.event, data: JSON.parse(fields.data) };
}

/** Makes a link fetch something as a file. A link by itself sends no token. */
export function offer(link, path, name, failed) {
  link.href = `v1/${path}`;
  link.download = name;
  link.onclick = async (event) => {
    if (!hasToken()) return;
    event.preventDefault();
    try {
      const url = URL.createObjectURL(await (await ask("GET", path)).blob());
      make("a", { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      failed(error.message);
    }
  };
}

let asking = null;

function askForToken(reason) {
  const dialog = at("sign-in");
  at("sign-in-problem").textContent = reason;
  asking ??= new Promise((resolve) => {
    dialog.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      const text = at("token").value.trim();
      if (!/^[!-~]+$/.test(text)) {
        at("sign-in-problem").textContent = "This is no token: it has letters, digits and signs of ASCII only.";
        return;
      }
      at("token").value = "";
      token = text;
      sessionStorage.setItem(stored, text);
      at("leave").hidden = false;
      asking = null;
      dialog.close();
      resolve();
    };
    // There is nothing to see without a token.
    dialog.onclose = () => asking && dialog.showModal();
  });
  if (!dialog.open) dialog.showModal();
  return asking;
}
