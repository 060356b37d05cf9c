// One conversation: follows it, and sends what the user says.

import { at, pause, seen, warn } from "./chat-dom.js";
import { Log } from "./chat-log.js";
import { ask, delay, events, isPassing, newKey, patiently } from "./chat-server.js";
import { drawFiles, drawSteps } from "./chat-side.js";

const unsent = "usher-unsent";

export class Talk {
  #path;
  #lose;
  #log;
  #isOver = false;
  #stream = new AbortController();
  /** What is on its way to the server. */
  #draft = null;
  #state = { rest: null, present: null, trouble: "" };
  #looks = 0;

  /** `lose` is told when there is nothing to follow any more, and why. */
  constructor(id, lose) {
    this.id = id;
    this.#path = `sessions/${encodeURIComponent(id)}`;
    this.#lose = lose;
    this.#log = new Log((text) => this.say(text) && at("text").focus());
    drawSteps({ flows: [{ title: "", steps: [] }] });
    drawFiles(id, []);
    this.#tell();
    document.addEventListener("visibilitychange", this.#seen);
    this.#follow();
    const left = JSON.parse(sessionStorage.getItem(unsent) ?? "null");
    // What was on its way when the page was left is sent again with its key, so that it counts once.
    if (left?.id === id) this.#send(left.text, left.key);
  }

  stop() {
    this.#isOver = true;
    this.#stream.abort();
    this.#log.stop();
    document.removeEventListener("visibilitychange", this.#seen);
  }

  /** Sends what the user says; gives whether it does. */
  say(text) {
    if (this.#draft || text.trim() === "") return false;
    this.#send(text, newKey());
    return true;
  }

  // What comes

  // Browsers open six connections to a server at most: tabs that nobody looks at leave theirs to others.
  #seen = () => {
    if (document.hidden) this.#stream.abort();
  };

  async #follow() {
    for (let failures = 0; !this.#isOver; ) {
      if (document.hidden) {
        await new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
        continue;
      }
      this.#stream = new AbortController();
      let trouble = null;
      try {
        for await (const event of events(`${this.#path}/events`, this.#log.number, this.#stream.signal)) {
          if (this.#isOver) return;
          failures = 0;
          this.#state.trouble = "";
          this.#take(event);
        }
      } catch (error) {
        trouble = error;
      }
      if (this.#isOver) return;
      if (this.#stream.signal.aborted) continue;
      if (trouble && !isPassing(trouble)) return this.#end(trouble.message);
      this.#state.trouble = "The connection is lost. Trying again…";
      this.#tell();
      await pause(delay(trouble, failures));
      failures += 1;
    }
  }

  #take({ name, data }) {
    if (name === "gone") return this.#end("This conversation was deleted.");
    if (name === "message") this.#log.addMessage(data);
    if (name === "reply") this.#log.addReply(data, this.#draft);
    if (name === "rest") {
      this.#state.rest = data;
      this.#log.live();
    }
    this.#tell();
    this.#look();
  }

  #end(reason) {
    this.stop();
    this.#lose(reason);
  }

  // What is sent

  async #send(text, key) {
    sessionStorage.setItem(unsent, JSON.stringify({ id: this.id, text, key }));
    warn("");
    const draft = this.#log.addDraft(text);
    this.#draft = draft;
    this.#tell();
    try {
      const answer = await patiently(
        async () => (await ask("POST", `${this.#path}/replies`, { body: { text }, headers: { "Idempotency-Key": key } })).json(),
        (error, seconds) => this.#tell(`${error.message.replace(/\.$/, "")}. Sending it again in ${Math.ceil(seconds)} s…`),
      );
      this.#log.settle(draft, answer.position);
      // That it pauses is no state of the session, so only this answer knows.
      if ([answer.rest.state, this.#state.rest?.state].includes("paused")) this.#state.rest = answer.rest;
    } catch (error) {
      this.#log.lose(draft);
      warn(error.status === 413 ? `This is too long to be sent. ${error.message}` : error.message);
      if (at("text").value === "") at("text").value = text;
      if (error.status === 404 && !this.#isOver) this.#end(error.message);
    }
    sessionStorage.removeItem(unsent);
    this.#draft = null;
    if (!this.#isOver) this.#tell();
  }

  // Where it stands

  /** Asks for the steps, once for all that comes within a moment. */
  async #look() {
    this.#looks += 1;
    const look = this.#looks;
    await pause(0.1);
    const isOld = () => this.#isOver || look !== this.#looks;
    const get = async (part) => !isOld() && (await ask("GET", `${this.#path}/${part}`)).json();
    try {
      const [view, { files }] = await Promise.all(["steps", "files"].map((part) => patiently(() => get(part))));
      if (isOld()) return;
      this.#state.present = drawSteps(view);
      drawFiles(this.id, files);
      if (view.question) this.#log.open(view.question);
      this.#tell();
    } catch (error) {
      if (!isOld()) warn(error.message);
    }
  }

  #tell(trouble = this.#state.trouble) {
    const { rest, present } = this.#state;
    const isBusy = !trouble && (this.#draft !== null || rest?.state === "working");
    const step = present?.kind === "action" ? `: ${seen(present.title)}` : "";
    const words = {
      working: `Working${step}…`,
      paused: "This conversation pauses. Reply to go on, now or another day.",
      completed: "This conversation has come to its end.",
    };
    const text = trouble || words[rest?.state] || (this.#draft ? "Sending…" : "");
    const status = at("status");
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("busy", isBusy);
  }
}
