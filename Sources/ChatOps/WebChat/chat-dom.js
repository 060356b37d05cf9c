// What the other files put into the page: text, never markup.

export const at = (id) => document.getElementById(id);

/** Makes an element. Children that are strings become text. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// Controls, and signs that cannot be seen or turn the direction of what follows: what is agreed to has to look like what it is.
const unseen =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/** A text in which nothing hides. */
export function seen(text) {
  const code = (sign) => sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return text.replaceAll("\r\n", "\n").replace(unseen, (sign) => `⟨U+${code(sign)}⟩`);
}

/** Says that something is wrong; nothing, where all is well. */
export function warn(text) {
  at("alert").textContent = text;
}

/** Waits so many seconds, less where the browser says that it is online again. */
export function pause(seconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, seconds * 1000);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    }
    addEventListener("online", done);
  });
}
