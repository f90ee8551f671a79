// The keypad, by mouse, finger and keyboard.

import { byId, el, announce, complain, setText, Problem } from "./dom.js";
import { store, watch, selectedCall, running } from "./store.js";
import { onCall, side } from "./screen.js";
import { currentView } from "./views.js";

const KEYS = [["1", ""], ["2", "ABC"], ["3", "DEF"], ["4", "GHI"], ["5", "JKL"], ["6", "MNO"],
  ["7", "PQRS"], ["8", "TUV"], ["9", "WXYZ"], ["*", ""], ["0", "+"], ["#", ""]];
const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select";

const buttons = new Map();

export function startKeypad() {
  const pad = byId("keypad");
  for (const [key, letters] of KEYS) {
    const button = el("button", { type: "button", class: "key", "data-digit": key },
      el("span", {}, key), " ", el("small", { "data-part": "note" }, letters));
    button.addEventListener("click", () => press(key));
    buttons.set(key, button);
    pad.append(button);
  }
  watch(["menus", "calls"], mark);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!byId("use-keys").checked || currentView() !== "phone" || document.querySelector("dialog[open]")) return;
    if (event.target.closest(TYPED)) return;
    if (!buttons.has(event.key) || !running(selectedCall())) return;
    event.preventDefault();
    press(event.key);
  });
}

// Keys that the menu has a use for say what it is, in place of their letters.
function mark() {
  const keys = running(selectedCall()) ? store.menus.keys : {};
  for (const [key, letters] of KEYS) {
    const button = buttons.get(key);
    button.classList.toggle("useful", Object.hasOwn(keys, key));
    setText(button.querySelector("small"), keys[key] ?? letters);
  }
}

export function nobody() {
  announce("No call is in progress. Call the app first.");
  complain(new Problem("No call is in progress. Call the app first."));
}

// One after the other, or the digits could overtake each other on the way.
let line = Promise.resolve();
export function press(digit) {
  const call = selectedCall();
  if (!running(call)) return nobody();
  const button = buttons.get(digit);
  button?.classList.add("down");
  setTimeout(() => button?.classList.remove("down"), 160);
  line = line.then(() => onCall(call.callId, "press", { digits: digit, side: side() })).catch(complain);
}
