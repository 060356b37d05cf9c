// What was said, in its order, and the buttons that answer the last question.

import { at, make, seen, warn } from "./chat-dom.js";

const refusals = {
  secret: "Not kept: it held a secret.",
  too_long: "Not kept: it was too long.",
  not_text: "Not kept: it was no text.",
};

export class Log {
  #log = at("log");
  #press;
  /** The number of the last message. */
  #number = 0;
  /** What the user said, by its position in the conversation. */
  #replies = new Map();
  /** The last question while it is not answered: its node and its message. */
  #question = null;
  #isAtEnd = true;
  // A keyboard that opens on a phone, or another window size, hides nothing that was in sight.
  #sizes = new ResizeObserver(() => this.#isAtEnd && this.#scroll());

  /** `press` is told what a button says. */
  constructor(press) {
    this.#press = press;
    this.#log.replaceChildren();
    // What was said before is not read out again, one by one.
    this.#log.ariaBusy = "true";
    this.#log.onscroll = () => (this.#isAtEnd = this.#gap() < 80);
    this.#sizes.observe(this.#log);
  }

  stop() {
    this.#sizes.disconnect();
  }

  /** The number of the last message that is shown. */
  get number() {
    return this.#number;
  }

  /** From now on, what comes is read out. */
  live() {
    this.#log.ariaBusy = "false";
  }

  // What is said

  /** Shows what the bot said, once. */
  addMessage(message) {
    if (message.number <= this.#number) return;
    this.#number = message.number;
    const node = item("bot", "Usher: ", message.text);
    if (message.options.length > 0) {
      const buttons = message.options.map(({ name }) => make("button", { type: "button", disabled: true }, seen(name)));
      node.append(make("ol", { className: "options" }, ...buttons.map((button) => make("li", {}, button))));
    }
    if (message.role === "question") {
      this.close();
      this.#question = { node, message };
    }
    this.#place(node, message.position, message.number);
  }

  /** Shows what the user is saying, before it has a position. */
  addDraft(text) {
    for (const node of this.#log.querySelectorAll(".lost")) node.remove();
    this.close();
    const node = item("own sending", "You: ", text);
    node.text = text;
    this.#place(node, Infinity, 0);
    return node;
  }

  /** Shows what the user said, as the stream tells it; a draft takes the place that may be its own. */
  addReply(reply, draft) {
    const known = this.#replies.get(reply.position);
    if (known?.isHeard) return;
    // It may be heard of in the stream before it is answered, or the other way round.
    const isMine = draft && draft.position === undefined && (reply.refused || reply.text === draft.text);
    const node = known ?? (isMine ? draft : item("own", "You: ", ""));
    node.isHeard = true;
    if (!known) this.close();
    this.#settle(node, reply);
  }

  /** Gives a draft the position that it was answered with. */
  settle(draft, position) {
    const isKnown = this.#replies.has(position);
    // What was heard of in the meantime may have been the same words of another window.
    const isFree = draft.position === undefined;
    if (isKnown && isFree) draft.remove();
    if (!isKnown) this.#settle(isFree ? draft : item("own", "You: ", draft.text), { position });
  }

  /** Marks a draft as not sent. */
  lose(draft) {
    draft.className = "item own lost";
    draft.append(make("p", { className: "note" }, "Not sent."));
  }

  #settle(node, reply) {
    node.position = reply.position;
    node.className = "item own";
    const said = node.querySelector(".said");
    if (reply.refused) said.replaceChildren(make("span", { className: "note" }, refusals[reply.refused] ?? "Not kept."));
    else if (reply.text !== undefined) said.textContent = seen(reply.text);
    this.#replies.set(reply.position, node);
    this.#place(node, reply.position, 0);
  }

  /** Puts a node among the others: a reply comes before the messages that it brought. */
  #place(node, position, number) {
    const isAtEnd = this.#gap() < 80;
    node.order = [position, number];
    const isEarlier = (other) => (other.order[0] - position || other.order[1] - number) < 0;
    const after = [...this.#log.children].findLast((other) => other !== node && isEarlier(other));
    const next = after ? after.nextElementSibling : this.#log.firstElementChild;
    if (next !== node || !node.isConnected) this.#log.insertBefore(node, next);
    if (isAtEnd || node.classList.contains("own")) this.#scroll();
  }

  /** How much is below what is in sight. */
  #gap() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight;
  }

  /** Shows the end, or what came after the last reply where that is longer than the window. */
  #scroll() {
    const last = [...this.#log.children].findLast((node) => node.classList.contains("own"));
    const end = this.#log.scrollHeight - this.#log.clientHeight;
    this.#log.scrollTop = last ? Math.min(end, last.offsetTop - this.#log.offsetTop - 16) : end;
  }

  // What can be answered

  /** Nothing can be chosen for a question that was answered. */
  close() {
    if (!this.#question) return;
    for (const button of this.#question.node.querySelectorAll("button")) {
      button.disabled = true;
      button.removeAttribute("aria-pressed");
    }
    this.#question.node.querySelector(".quick")?.remove();
    this.#question = null;
  }

  /** Makes buttons of what answers the question. A gate has none: who agrees says so in words of their own. */
  open({ takes, proposed, chosen }) {
    if (!this.#question) return;
    const { node, message } = this.#question;
    const quick = make("div", { className: "quick", role: "group", "aria-label": "Answers" });
    const names = message.options.map(({ name }) => name);
    // What would be read as two, or as either of two, is named by its number.
    const words = names.map((name, index) =>
      name.includes(",") || names.indexOf(name) !== names.lastIndexOf(name) ? String(index + 1) : name,
    );
    const buttons = [...node.querySelectorAll(".options button")];
    const isOn = (button) => button.getAttribute("aria-pressed") === "true";
    for (const [index, button] of buttons.entries()) {
      button.disabled = false;
      if (takes === "choices") {
        button.setAttribute("aria-pressed", String(chosen.includes(message.options[index].id)));
        button.onclick = () => button.setAttribute("aria-pressed", String(!isOn(button)));
      } else {
        button.onclick = () => this.#press(words[index]);
      }
    }
    if (takes === "choices" && buttons.length > 0) {
      const send = make("button", { type: "button", className: "strong" }, "Send what is chosen");
      send.onclick = () => {
        const picked = words.filter((_, index) => isOn(buttons[index]));
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
}

function item(kind, who, text) {
  return make(
    "div",
    { className: `item ${kind}` },
    make("span", { className: "unseen" }, who),
    make("p", { className: "said", dir: "auto" }, seen(text)),
  );
}
