// The web chat: a client of /v1/sessions like any other, without a framework and without a build step.
//
// The page's address says which conversation is shown (#session=…), so that it can be gone on with by its link.

import { at, make, seen, warn } from "./chat-dom.js";
import { ask, hasToken, newKey, offer, patiently, signOut } from "./chat-server.js";
import { Talk } from "./chat-talk.js";

let talk = null;
/** Counts what was gone to, so that what comes late is left out. */
let visits = 0;

/** Shows what the address says. */
function go() {
  const id = new URLSearchParams(location.hash.slice(1)).get("session");
  if (talk?.id === id && id !== null) return;
  visits += 1;
  talk?.stop();
  talk = null;
  warn("");
  for (const name of ["talk", "side", "others", "transcript", "link", "delete", "skip"]) at(name).hidden = id === null;
  at("start").hidden = id !== null;
  if (id === null) return start();
  document.title = "Usher";
  offer(at("transcript"), `sessions/${encodeURIComponent(id)}/transcript`, `${id.replace(/[^\w-]/g, "_")}.transcript`, warn);
  talk = new Talk(id, (reason) => {
    history.replaceState(null, "", "#");
    go();
    warn(`${reason} Begin a new conversation, or go on with another one.`);
  });
  focus();
}

/** Gets ready for typing; on a phone that would open the keyboard over what is to be read. */
function focus() {
  if (!matchMedia("(pointer: coarse)").matches) at("text").focus();
}

/** Shows what can be begun and what can be gone on with. */
async function start() {
  const visit = visits;
  at("start-title").focus();
  const waiting = (error, seconds) => warn(`${error.message.replace(/\.$/, "")}. Trying again in ${Math.ceil(seconds)} s…`);
  try {
    const get = (path) => patiently(async () => (await ask("GET", path)).json(), waiting);
    const [{ flows }, { sessions }] = await Promise.all([get("flows"), get("sessions")]);
    if (visit !== visits) return;
    at("flows").replaceChildren(
      ...flows.map((flow) => {
        const button = make("button", { type: "button", className: "strong" }, `Begin: ${seen(flow)}`);
        button.onclick = () => begin(flow, button);
        return button;
      }),
    );
    at("earlier").hidden = sessions.length === 0;
    const links = sessions.slice(0, 20).map((id) => make("a", { href: `#session=${encodeURIComponent(id)}` }, id));
    at("sessions").replaceChildren(...links.map((link) => make("li", {}, link)));
    const others = sessions.length - links.length;
    if (others > 0) at("sessions").append(make("li", {}, `and ${others} older; each goes on by its link`));
    // The first ones say more of themselves than their names.
    await Promise.all(links.slice(0, 8).map((link, index) => describe(link, sessions[index], get)));
  } catch (error) {
    if (visit === visits) warn(error.message);
  }
}

async function describe(link, id, get) {
  const view = await get(`sessions/${encodeURIComponent(id)}`).catch(() => null);
  if (!view) return;
  const time = new Date(view.created).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const place = view.rest.state === "completed" ? "at its end" : view.title ? `at “${view.title}”` : "";
  link.textContent = seen([view.flow, `begun ${time}`, place].filter(Boolean).join(", "));
}

async function begin(flow, button) {
  button.disabled = true;
  warn("");
  try {
    const headers = { "Idempotency-Key": newKey() };
    const answer = await patiently(
      async () => (await ask("POST", "sessions", { body: { flow }, headers })).json(),
      (error, seconds) => warn(`${error.message.replace(/\.$/, "")}. Trying again in ${Math.ceil(seconds)} s…`),
    );
    location.hash = `session=${encodeURIComponent(answer.session)}`;
  } catch (error) {
    warn(error.message);
  }
  button.disabled = false;
}

function send() {
  if (!talk?.say(at("text").value)) return;
  at("text").value = "";
  fit();
}

/** As many lines as there are; some browsers do it by themselves. */
function fit() {
  at("text").rows = Math.min(8, at("text").value.split("\n").length);
}

at("text").oninput = fit;

at("composer").onsubmit = (event) => {
  event.preventDefault();
  send();
  at("text").focus();
};

at("text").onkeydown = (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
};

// A link to a part of the page would take the place of the conversation's.
at("skip").onclick = (event) => {
  event.preventDefault();
  at("text").focus();
};

at("menu").onclick = () => at("menu").setAttribute("aria-expanded", String(at("menu").ariaExpanded !== "true"));

at("link").onclick = async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    at("link").textContent = "Link copied";
  } catch {
    warn(`Copy this link: ${location.href}`);
  }
  setTimeout(() => (at("link").textContent = "Copy link"), 3000);
};

at("delete").onclick = () => at("removal").showModal();
at("keep").onclick = () => at("removal").close();
at("removal").onsubmit = async (event) => {
  event.preventDefault();
  at("removal").close();
  const { id } = talk;
  talk.stop();
  try {
    await ask("DELETE", `sessions/${encodeURIComponent(id)}`);
    location.hash = "";
  } catch (error) {
    talk = null;
    go();
    warn(error.message);
  }
};

at("leave").hidden = !hasToken();
at("leave").onclick = signOut;

addEventListener("hashchange", go);
go();
