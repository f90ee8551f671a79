// The menus of the selected call as a map: where the caller is, which ways were walked.

import { get, callPath } from "./api.js";
import { byId, el, complain } from "./dom.js";
import { plural } from "./format.js";
import { drawEdges } from "./edges.js";
import { store, watch, changed, onNews } from "./store.js";

const ASKED = new Set(["menu_entered", "menu_choice", "menu_left", "ended"]);
const NOTHING = { maps: [], keys: {} };
const LEFT = { return: "PIE", sequence: "PIE, digits", timeout: "PIE, time-out", invalidinput: "PIE, invalid input",
  hangup: "hung up", error: "PIE, error" };

let asked = 0;

export function startMap() {
  onNews("entry", (callId, entry) => { if (callId === store.selected && ASKED.has(entry.kind)) read(); });
  watch(["selected"], read);
  watch(["menus"], draw);
  // hidden views have no places to draw lines between
  new ResizeObserver(drawLines).observe(byId("maps"));
}

async function read() {
  const id = store.selected;
  const mine = ++asked;
  let found = NOTHING;
  try {
    if (id !== null) found = await get(callPath(id, "menus"));
  } catch (problem) {
    complain(problem);
  }
  if (mine !== asked) return;
  store.menus = found;
  changed("menus");
}

function draw() {
  const { maps } = store.menus;
  byId("map").hidden = maps.length === 0;
  byId("maps").replaceChildren(...maps.map((map, at) => mapOf(map, maps.length > 1 ? `Menus ${at + 1}` : "")));
  drawLines();
  const here = byId("maps").querySelector("[data-current]");
  const box = byId("maps");
  // inside its own frame only: the page stays where it is
  if (here) box.scrollTop = here.offsetTop - box.clientHeight / 3;
}

const drawLines = () => { for (const node of byId("maps").children) drawEdges(node); };

function mapOf(map, title) {
  const levels = new Map();
  const last = 1 + Math.max(...map.menus.map((menu) => menu.level ?? 0));
  for (const menu of map.menus) {
    const level = menu.level ?? last;
    levels.set(level, [...(levels.get(level) ?? []), menu]);
  }
  const rows = [...levels].sort(([a], [b]) => a - b).map(([, menus]) =>
    el("div", { class: "level" }, ...menus.map(boxOf)));
  const left = map.left.map((one) => el("li", {}, `${one.menu}: ${LEFT[one.result] ?? one.result}${one.value ? ` ${one.value}` : ""}`));
  return el("div", { class: "menus" }, title ? el("h3", {}, title) : null, ...rows,
    left.length ? el("ul", { class: "left", "aria-label": "How it was left" }, ...left) : null);
}

function boxOf(menu) {
  const notes = [menu.current && "you are here", menu.level === null && "no choice leads here",
    menu.visits > 1 && `entered ${plural(menu.visits, "time")}`].filter(Boolean);
  const digits = menu.digits
    ? [rowOf("0–9", plural(menu.digits.most, "digit"), "value", menu.digits.entered)] : [];
  return el("div", { class: "menu", role: "group", "aria-label": `Menu ${menu.id}`, "data-menu": menu.id,
    "data-current": menu.current || null, "aria-current": menu.current ? "step" : null,
    "data-visited": menu.visits > 0 || null },
  el("p", { class: "menu-name" }, el("strong", {}, menu.id), notes.length ? el("small", {}, ` ${notes.join(", ")}`) : null),
  menu.prompt ? el("p", { class: "menu-prompt", title: menu.prompt }, menu.prompt) : null,
  el("ul", { class: "options" }, ...menu.options.map(optionOf), ...digits));
}

function optionOf(option) {
  const does = option.menu ?? option.value ?? "error";
  const row = rowOf(option.dtmf || `“${option.input}”`, does, option.menu === undefined ? "value" : "menu", option.taken);
  if (option.menu !== undefined) row.dataset.to = option.menu;
  return row;
}

function rowOf(key, does, kind, taken) {
  return el("li", { class: "option", "data-kind": kind, "data-taken": taken > 0 || null },
    el("kbd", {}, key), " ", el("span", { class: "does" }, kind === "menu" ? `→ ${does}` : `PIE ${does}`),
    taken > 0 ? el("small", {}, taken > 1 ? ` ✓ ${taken} times` : " ✓ taken") : null);
}
