// Faults on purpose: one switch a kind.

import { post, remove } from "./api.js";
import { byId, el, act, count, setText } from "./dom.js";
import { store, watch, changed } from "./store.js";

const FAULTS = [
  { kind: "latency", group: "rest", name: "Slow answers", field: "seconds", unit: "seconds", value: 2 },
  { kind: "rate-limit", group: "rest", name: "Rate limit (429)", field: "retryAfter", unit: "seconds to retry after", value: 1 },
  { kind: "server-error", group: "rest", name: "Server error (500)" },
  { kind: "bad-gateway", group: "rest", name: "A proxy’s error page (502)" },
  { kind: "reset", group: "rest", name: "Connection cut" },
  { kind: "lost-response", group: "rest", name: "Done, but the answer is lost" },
  { kind: "slow-body", group: "rest", name: "Answer drips in", field: "seconds", unit: "seconds", value: 5 },
  { kind: "wrong-signature", group: "callback", name: "Wrong signature" },
  { kind: "drop", group: "callback", name: "Never sent" },
  { kind: "duplicate", group: "callback", name: "Sent twice" },
  { kind: "reorder", group: "callback", name: "Out of order", field: "seconds", unit: "seconds at most", value: 2 },
  { kind: "delay", group: "callback", name: "Late", field: "seconds", unit: "seconds", value: 3 },
];

export function startFaults() {
  for (const group of ["rest", "callback"]) {
    byId(`faults-${group}`).append(...FAULTS.filter((item) => item.group === group).map(faultRow));
  }
  const clear = byId("faults-clear");
  clear.addEventListener("click", act(clear, async () => useFaults(await remove("/faults"))));
  watch(["faults"], drawFaults);
}

function useFaults(answer) {
  store.faults = answer.faults;
  changed("faults");
}

function faultRow(fault) {
  const toggle = el("input", { type: "checkbox", role: "switch", id: `fault-${fault.kind}`, "aria-describedby": `note-${fault.kind}` });
  const amount = fault.field
    ? el("input", { type: "number", class: "short", min: 0, max: 3600, step: "any", value: fault.value, "aria-label": `${fault.name}: ${fault.unit}` })
    : null;
  toggle.addEventListener("change", act(toggle, async () => {
    try {
      if (toggle.checked) useFaults(await post("/faults", faultOf(fault, amount)));
      else for (const item of store.faults.filter((one) => one.kind === fault.kind)) {
        useFaults(await remove(`/faults/${encodeURIComponent(item.id)}`));
      }
    } finally {
      changed("faults");
    }
  }));
  return el("li", {}, el("label", { class: "switch" }, toggle, el("span", { class: "track", "aria-hidden": "true" }), el("span", {}, fault.name)),
    amount ? el("span", { class: "amount" }, amount, el("span", { "aria-hidden": "true" }, " s")) : null,
    el("small", { class: "muted", id: `note-${fault.kind}`, "data-part": "note" }));
}

function faultOf(fault, amount) {
  const body = { kind: fault.kind };
  if (amount) body[fault.field] = Number(amount.value);
  const match = byId("fault-match").value.trim();
  const times = Number(byId("fault-times").value);
  const chance = Number(byId("fault-chance").value);
  if (match) body.match = match;
  if (times > 0) body.times = times;
  if (chance > 0 && chance < 100) body.chance = chance / 100;
  return body;
}

function drawFaults() {
  count("count-faults", store.faults.length);
  for (const fault of FAULTS) {
    const mine = store.faults.filter((item) => item.kind === fault.kind);
    byId(`fault-${fault.kind}`).checked = mine.length > 0;
    setText(byId(`note-${fault.kind}`), mine.map(faultNote).join("; "));
  }
}

function faultNote(item) {
  const notes = [`on, hit ${item.hits === 1 ? "once" : `${item.hits ?? 0} times`}`];
  if (item.match) notes.push(`only “${item.match}”`);
  if (item.times) notes.push(`at most ${item.times} times`);
  if (item.chance !== undefined && item.chance < 1) notes.push(`${Math.round(item.chance * 100)} %`);
  return notes.join(", ");
}
