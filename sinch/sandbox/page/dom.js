// Elements, lists that keep their nodes (and so the focus), notices.
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

// A number in the bar at the top, which stands out unless it is 0.
export function count(id, number) {
  setText(byId(id), `${number}`);
  byId(id).parentElement.dataset.some = String(number > 0);
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

// A problem in words of ours; whatever else is thrown says something only to whoever wrote the page.
export class Problem extends Error {}

export function complain(problem) {
  const ours = problem instanceof Problem;
  if (!ours) console.error(problem);
  byId("notice-text").textContent = ours ? problem.message : "This page has an error of its own. Load it again.";
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

export async function copyText(text, said) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Problem("The browser does not let this page copy. Select the text and copy it yourself.");
  }
  announce(said);
}

export function tags(parent, texts) {
  reconcile(parent, texts, (text) => text, () => el("li", { class: "tag" }), setText);
  parent.hidden = texts.length === 0;
}
