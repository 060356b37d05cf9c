// The picture of the flow, and the files that the conversation has written.

import { at, make, seen, warn } from "./chat-dom.js";
import { offer } from "./chat-server.js";

const marks = { done: "✓", present: "●", ahead: "", skipped: "–" };
const words = { done: "done", present: "here", ahead: "to come", skipped: "passed over" };
const questions = ["collect", "confirm", "gate"];

let shown = { flows: [] };

/** Whether a step says something to people who look for where they are. */
function isPlain(step) {
  if (step.state === "present") return step.kind !== "call";
  return questions.includes(step.kind) && step.state !== "skipped" && !(step.state === "ahead" && step.conditional);
}

/** Draws where the session stands; gives the present step, if there is one. */
export function drawSteps(view) {
  shown = view;
  draw();
  const course = view.flows.at(-1);
  const plain = course.steps.filter(isPlain);
  const index = plain.findIndex((step) => step.state === "present");
  const present = plain[index];
  at("where").textContent = present ? `Step ${index + 1} of ${plain.length}: ${seen(present.title)}` : "Progress";
  return present;
}

function draw() {
  const isWhole = at("all").getAttribute("aria-pressed") === "true";
  at("steps").replaceChildren(
    ...shown.flows.map((course, index) => {
      const steps = course.steps.filter((step) => isWhole || isPlain(step));
      const name = index === 0 ? seen(course.title) : `Aside: ${seen(course.title)}`;
      return make("section", {}, make("h2", {}, name), make("ol", { className: "course" }, ...steps.map((step) => station(step, isWhole))));
    }),
  );
  find();
}

/** Brings the present step into sight. */
function find() {
  at("steps").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function station(step, isWhole) {
  const item = make("li", { className: step.state, "data-step": step.id });
  if (isWhole) item.setAttribute("data-level", String(step.level));
  if (step.state === "present" && step.kind !== "call") item.setAttribute("aria-current", "step");
  item.append(
    make("span", { className: "mark", "aria-hidden": "true" }, marks[step.state] ?? ""),
    seen(step.title),
    make("span", { className: "unseen" }, `, ${words[step.state] ?? step.state}`),
  );
  if (!questions.includes(step.kind)) item.append(make("span", { className: "kind" }, ` ${step.kind}`));
  return item;
}

at("all").onclick = () => {
  at("all").setAttribute("aria-pressed", String(at("all").getAttribute("aria-pressed") !== "true"));
  draw();
};

// Where there is room everything is open.
const room = matchMedia("(min-width: 60rem)");
at("progress").ontoggle = find;
const fit = () => (at("progress").open = at("files").open = room.matches);
room.addEventListener("change", fit);
fit();

/** Lists files to fetch. */
export function drawFiles(session, files) {
  at("files").hidden = files.length === 0;
  at("files-title").textContent = `Files (${files.length})`;
  at("paths").replaceChildren(
    ...files.map(({ path, size }) => {
      const names = path.split("/");
      const name = names.pop();
      const link = make("a", {}, seen(name));
      offer(link, `sessions/${session}/files/${path.split("/").map(encodeURIComponent).join("/")}`, name, warn);
      const place = names.length > 0 ? `in ${seen(names.join("/"))}, ` : "";
      return make("li", {}, link, make("span", {}, place + amount(size)));
    }),
  );
}

function amount(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  const [unit, size] = bytes < 1e6 ? ["kB", bytes / 1e3] : bytes < 1e9 ? ["MB", bytes / 1e6] : ["GB", bytes / 1e9];
  return `${size.toFixed(1)} ${unit}`;
}
