// One conversation: follows it, shows it, and sends what the user says.

import { at, make, pause, seen, warn } from "./chat-dom.js";
import { ask, delay, events, isPassing, newKey, patiently } from "./chat-server.js";
import { drawFiles, drawSteps } from "./chat-side.js";

const unsent = "usher-unsent";
const refusals = {
  secret: "Not kept: it held a secret.",
  too_long: "Not kept: it was too long.",
  not_text: "Not kept: it was no text.",
};

export class Talk {
  #path;
  #lose;
  #isOver = false;
  #stream = new AbortController();
  /** The number of the last message that is shown. */
  #number = 0;
  /** What the user said, by the position in the conversation. */
  #replies = new Map();
  /** What is on its way to the server: its node, its text, and its key. */
  #sending = null;
  /** The last question while it is not answered: its node and its message. */
  #question = null;
  #state = { rest: null, present: null, trouble: "" };
  #looks = 0;
  #isAtEnd = true;
  // A keyboard that opens on a phone, or another window size, hides nothing that was in sight.
  #sizes = new ResizeObserver(() => this.#isAtEnd && this.#scroll());

  /** `lose` is told when there is nothing to follow any more, and why. */
  constructor(id, lose) {
    this.id = id;
    this.#path = `sessions/${encodeURIComponent(id)}`;
    this.#lose = lose;
    at("log").replaceChildren();
    // What was said before is not read out again, one by one.
    at("log").ariaBusy = "true";
    drawSteps({ flows: [{ title: "", steps: [] }] });
    drawFiles(id, []);
    this.#tell();
    document.addEventListener("visibilitychange", this.#seen);
    at("log").onscroll = () => (this.#isAtEnd = this.#gap() < 80);
    this.#sizes.observe(at("log"));
    this.#follow();
    const left = JSON.parse(sessionStorage.getItem(unsent) ?? "null");
    // What was on its way when the page was left is sent again with its key, so that it counts once.
    if (left?.id === id) this.#send(left.text, left.key);
  }

  stop() {
    this.#isOver = true;
    this.#stream.abort();
    this.#sizes.disconnect();
    document.removeEventListener("visibilitychange", this.#seen);
  }

  /** Sends what the user says. */
  say(text) {
    if (this.#sending || text.trim() === "") return false;
    this.#send(text, newKey());
    return true;
  }

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
        for await (const event of events(`${this.#path}/events`, this.#number, this.#stream.signal)) {
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
    if (name === "message") this.#showMessage(data);
    if (name === "reply") this.#showReply(data);
    if (name === "rest") {
      this.#state.rest = data;
      at("log").ariaBusy = "false";
    }
    this.#tell();
    this.#look();
  }

  #end(reason) {
    this.stop();
    this.#lose(reason);
  }

  // What is said

  #showMessage(message) {
    if (message.number <= this.#number) return;
    this.#number = message.number;
    const node = this.#item("bot", "Usher: ", message.text);
    if (message.options.length > 0) {
      const buttons = message.options.map(({ name }) => make("button", { type: "button", disabled: true }, seen(name)));
      node.append(make("ol", { className: "options" }, ...buttons.map((button) => make("li", {}, button))));
    }
    if (message.role === "question") {
      this.#close();
      this.#question = { node, message };
    }
    this.#place(node, message.position, message.number);
  }

  #showReply(reply) {
    const known = this.#replies.get(reply.position);
    if (known?.isHeard) return;
    const mine = this.#sending;
    // It may be heard of in the stream before it is answered, or the other way round.
    const isMine = mine && mine.node.position === undefined && (reply.refused || reply.text === mine.text);
    const node = known ?? (isMine ? mine.node : this.#item("own", "You: ", ""));
    node.isHeard = true;
    if (!known) this.#close();
    this.#settle(node, reply);
  }

  /** Puts a reply into its place, as it was taken. */
  #settle(node, reply) {
    node.position = reply.position;
    node.className = "item own";
    if (reply.refused) {
      const note = refusals[reply.refused] ?? "Not kept.";
      node.querySelector(".said").replaceChildren(make("span", { className: "note" }, note));
    } else if (reply.text !== undefined) {
      node.querySelector(".said").textContent = seen(reply.text);
    }
    this.#replies.set(reply.position, node);
    this.#place(node, reply.position, 0);
  }

  #item(kind, who, text) {
    return make(
      "div",
      { className: `item ${kind}` },
      make("span", { className: "unseen" }, who),
      make("p", { className: "said", dir: "auto" }, seen(text)),
    );
  }

  /** Puts a node among the others: a reply comes before the messages that it brought. */
  #place(node, position, number) {
    const log = at("log");
    const isAtEnd = this.#gap() < 80;
    node.order = [position, number];
    const isLater = (other) => other.order[0] - position || other.order[1] - number;
    const after = [...log.children].findLast((other) => other !== node && isLater(other) < 0);
    const next = after ? after.nextElementSibling : log.firstElementChild;
    if (next !== node || !node.isConnected) log.insertBefore(node, next);
    if (isAtEnd || node.classList.contains("own")) this.#scroll();
  }

  /** How much is below what is in sight. */
  #gap() {
    const log = at("log");
    return log.scrollHeight - log.scrollTop - log.clientHeight;
  }

  /** Shows the end, or what came after the last reply where that is longer than the window. */
  #scroll() {
    const log = at("log");
    const last = [...log.children].findLast((node) => node.classList.contains("own"));
    const end = log.scrollHeight - log.clientHeight;
    log.scrollTop = last ? Math.min(end, last.offsetTop - log.offsetTop - 16) : end;
  }

  // What can be answered

  /** Nothing can be chosen for a question that was answered. */
  #close() {
    if (!this.#question) return;
    for (const button of this.#question.node.querySelectorAll("button")) {
      button.disabled = true;
      button.removeAttribute("aria-pressed");
    }
    this.#question.node.querySelector(".quick")?.remove();
    this.#question = null;
  }

  /** Makes buttons of what answers the question. A gate has none: who agrees says so in words of their own. */
  #open({ takes, proposed, chosen }) {
    if (!this.#question) return;
    const { node, message } = this.#question;
    const quick = make("div", { className: "quick", role: "group", "aria-label": "Answers" });
    const names = message.options.map(({ name }) => name);
    // What would be read as two, or as either of two, is named by its number.
    const words = names.map((name, index) =>
      name.includes(",") || names.indexOf(name) !== names.lastIndexOf(name) ? String(index + 1) : name,
    );
    const buttons = [...node.querySelectorAll(".options button")];
    for (const [index, button] of buttons.entries()) {
      button.disabled = false;
      if (takes === "choices") {
        button.setAttribute("aria-pressed", String(chosen.includes(message.options[index].id)));
        button.onclick = () => button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      } else {
        button.onclick = () => this.#press(words[index]);
      }
    }
    if (takes === "choices" && buttons.length > 0) {
      const send = make("button", { type: "button", className: "strong" }, "Send what is chosen");
      send.onclick = () => {
        const picked = words.filter((_, index) => buttons[index].getAttribute("aria-pressed") === "true");
        if (picked.length > 0) this.#press(picked.join(", "));
        else warn("Choose one or more of the answers first.");
      };
      quick.append(send);
    }
    if (takes === "boolean" || (proposed && takes !== "agreement")) {
      for (const word of ["Yes", "No"]) {
        quick.append(make("button", { type: "button", onclick: () => this.#press(word.toLowerCase()) }, word));
      }
    }
    node.querySelector(".quick")?.remove();
    if (quick.childElementCount > 0) node.append(quick);
    this.#scroll();
  }

  #press(text) {
    if (this.say(text)) at("text").focus();
  }

  // What is sent

  async #send(text, key) {
    sessionStorage.setItem(unsent, JSON.stringify({ id: this.id, text, key }));
    for (const node of at("log").querySelectorAll(".lost")) node.remove();
    warn("");
    this.#close();
    const node = this.#item("own sending", "You: ", text);
    this.#sending = { node, text };
    this.#place(node, Infinity, 0);
    this.#tell();
    try {
      const answer = await patiently(
        async () => (await ask("POST", `${this.#path}/replies`, { body: { text }, headers: { "Idempotency-Key": key } })).json(),
        (error, seconds) => this.#tell(`${error.message.replace(/\.$/, "")}. Sending it again in ${Math.ceil(seconds)} s…`),
      );
      this.#arrive(node, text, answer);
    } catch (error) {
      node.className = "item own lost";
      node.append(make("p", { className: "note" }, "Not sent."));
      warn(error.status === 413 ? `This is too long to be sent. ${error.message}` : error.message);
      if (at("text").value === "") at("text").value = text;
      if (error.status === 404) this.#end(error.message);
    }
    sessionStorage.removeItem(unsent);
    this.#sending = null;
    this.#tell();
  }

  #arrive(node, text, answer) {
    if (this.#isOver) return;
    const isKnown = this.#replies.has(answer.position);
    // What was heard of in the meantime may have been the same words of another window.
    const isFree = node.position === undefined;
    if (isKnown && isFree) node.remove();
    if (!isKnown) this.#settle(isFree ? node : this.#item("own", "You: ", text), { position: answer.position });
    // That it pauses is no state of the session, so only this answer knows.
    if ([answer.rest.state, this.#state.rest?.state].includes("paused")) this.#state.rest = answer.rest;
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
      if (view.question) this.#open(view.question);
      this.#tell();
    } catch (error) {
      if (!this.#isOver) warn(error.message);
    }
  }

  #tell(trouble = this.#state.trouble) {
    const { rest, present } = this.#state;
    const isBusy = !trouble && (this.#sending !== null || rest?.state === "working");
    const step = present?.kind === "action" ? `: ${seen(present.title)}` : "";
    const words = {
      working: `Working${step}…`,
      paused: "This conversation pauses. Reply to go on, now or another day.",
      completed: "This conversation has come to its end.",
    };
    const text = trouble || words[rest?.state] || (this.#sending ? "Sending…" : "");
    const status = at("status");
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("busy", isBusy);
  }
}
