// Callbacks to the app and its API requests: searched, filtered by call, one selected.

import { byId, el, reconcile, setText } from "./dom.js";
import { clockTime } from "./format.js";
import { isSelected, selectExchange, showExchange } from "./exchange.js";
import { store, watch, changed } from "./store.js";
import { parties, titleOf } from "./wording.js";

export function startTraffic() {
  const form = byId("traffic-form");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => changed("traffic"));
  byId("traffic-refused").addEventListener("change", () => changed("traffic"));
  watch(["traffic"], draw);
  watch(["calls", "traffic"], drawCalls);
}

function draw() {
  const found = store.traffic.filter(wanted());
  setText(byId("count-traffic"), found.length === store.traffic.length ? `${found.length}` : `${found.length} of ${store.traffic.length}`);
  byId("no-exchanges").hidden = found.length > 0;
  setText(byId("no-exchanges"), store.traffic.length
    ? "Nothing fits the search." : "Nothing yet. Callbacks to the app and its API requests appear here.");
  reconcile(byId("exchanges"), found, (item) => item.key, makeRow, fillRow);
  showExchange(store.traffic.find(isSelected));
}

function wanted() {
  const text = byId("traffic-search").value.trim().toLowerCase();
  const call = byId("traffic-call").value;
  const kind = byId("traffic-kind").value;
  const refused = byId("traffic-refused").checked;
  return (item) => (!kind || item.way === kind) && (!refused || !item.verdict.ok)
    && (!call || mentions(item, call)) && (!text || everything(item).includes(text));
}

const everything = (item) => JSON.stringify(item).toLowerCase();
// a request belongs to a call that it names, or that its answer does
const mentions = (item, call) => item.callId === call || (item.way === "request" && `${item.path} ${item.answer}`.includes(call));

function drawCalls() {
  const list = byId("traffic-call");
  const calls = [...store.calls.values()].reverse().slice(0, 100);
  const known = calls.map((call) => call.callId);
  if ([...list.options].slice(1).map((option) => option.value).join() === known.join()) return;
  const chosen = list.value;
  list.replaceChildren(new Option("every call", ""), ...calls.map((call) =>
    new Option(`${clockTime(call.placedAt)} ${parties(call)}`, call.callId)));
  list.value = known.includes(chosen) ? chosen : "";
}

function makeRow(item) {
  const button = el("button", { type: "button", class: "exchange-row", on: { click: () => { selectExchange(item.key); byId("exchange").focus(); } } },
    el("time", { datetime: item.timestamp }, clockTime(item.timestamp)),
    el("span", { class: "way" }, item.way === "callback" ? "→ app" : "← app"),
    el("span", { class: "title" }, titleOf(item)),
    el("span", { class: "status" }, item.status === null ? "no answer" : `${item.status}`),
    el("span", { class: "verdict-line" }, el("span", { "aria-hidden": "true" }, item.verdict.ok ? "✓ " : "✗ "),
      el("span", { class: "sr-only" }, item.verdict.ok ? "good: " : "wrong: "), item.verdict.text,
      item.verdict.notes.length ? ` (${item.verdict.notes.length} noted)` : "",
      item.origin === "resend" ? " · sent again" : item.origin === "trigger" ? " · triggered" : "",
      item.faults?.length ? ` · ${item.faults.join(", ")}` : ""));
  return el("li", { "data-part": "row", "data-ok": String(item.verdict.ok) }, button);
}

function fillRow(node, item) {
  const button = node.firstElementChild;
  if (isSelected(item)) button.setAttribute("aria-current", "true");
  else button.removeAttribute("aria-current");
}
