// Elements, lists that keep their nodes (and so the focus), notices and formats.
// Text reaches the page as text nodes only: callers and apps decide what it says.

export const byId = (id) => document.getElementById(id);

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [type, run] of Object.entries(value)) node.addEventListener(type, run);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Shows `items` below `parent`. `make` builds a node once, `update` fills it whenever it changed.
export function reconcile(parent, items, keyOf, make, update) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let node = old.get(key);
    if (node) old.delete(key);
    else {
      node = make(item);
      node.dataset.key = key;
    }
    update(node, item);
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  for (const node of old.values()) {
    // what had the focus goes away: stay in the same part of the page
    if (node.contains(document.activeElement)) parent.closest("section")?.focus();
    node.remove();
  }
}

export function parts(node) {
  return Object.fromEntries([...node.querySelectorAll("[data-part]")].map((n) => [n.dataset.part, n]));
}

let clearing = 0;
export function announce(text) {
  const node = byId("announcer");
  node.textContent = text;
  clearTimeout(clearing);
  clearing = setTimeout(() => { node.textContent = ""; }, 5000);
}

export function complain(problem) {
  byId("notice-text").textContent = problem.message || String(problem);
  byId("notice").hidden = false;
}

export function calm() {
  byId("notice").hidden = true;
}

// Runs what a button or form does; its failure is shown, and twice at once is once.
export function act(control, run) {
  let busy = false;
  return async (event) => {
    event?.preventDefault();
    if (busy) return;
    busy = true;
    control.setAttribute("aria-busy", "true");
    try {
      calm();
      await run(event);
    } catch (problem) {
      complain(problem);
    } finally {
      busy = false;
      control.removeAttribute("aria-busy");
    }
  };
}

export function tags(parent, texts) {
  reconcile(parent, texts, (text) => text, () => el("li", { class: "tag" }), setText);
  parent.hidden = texts.length === 0;
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*/g;

export function jsonBlock(value, label) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const pre = el("pre", { tabindex: 0, role: "region", "aria-label": label });
  let end = 0;
  for (const found of text.matchAll(TOKEN)) {
    const kind = found[2] ? "j-key" : found[1] ? "j-text" : "j-value";
    const shown = found[1] || found[0];
    pre.append(text.slice(end, found.index), el("span", { class: kind }, shown));
    end = found.index + shown.length;
  }
  pre.append(text.slice(end));
  return pre;
}

// A line that opens to JSON, built when it is first opened.
export function fold(summary, label, value) {
  const box = el("details", { class: "fold" }, el("summary", {}, ...summary));
  box.addEventListener("toggle", () => {
    if (box.open && !box.querySelector("pre")) box.append(jsonBlock(value, label));
  });
  return box;
}

const two = (number) => String(number).padStart(2, "0");

export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

export const hours = (moment) => `${moment.getUTCHours()}`.padStart(2, "0") + `:${two(moment.getUTCMinutes())}:${two(moment.getUTCSeconds())}`;
export const day = (moment) => moment.toISOString().slice(0, 10);
export const clockTime = (iso) => (iso ? hours(new Date(iso)) : "");
