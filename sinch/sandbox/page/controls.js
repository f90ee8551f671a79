// Faults, the clock, callback URLs, traffic and the reset.

import { ask, post, put, remove } from "./api.js";
import { byId, el, act, announce, clockTime, day, fold, hours, reconcile, setText, span } from "./dom.js";
import { store, watch, changed, setClock, now } from "./store.js";

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

export function startControls() {
  startFaults();
  startClock();
  startUrls();
  startReset();
  watch(["traffic"], drawTraffic);
  watch(["hello"], () => {
    setText(byId("base-url"), store.hello.url ?? "–");
    setText(byId("app-key"), store.hello.applicationKey ?? "–");
  });
}

// --- faults -------------------------------------------------------------------------------------

function startFaults() {
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
  setText(byId("count-faults"), store.faults.length ? `${store.faults.length}` : "");
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

// --- clock --------------------------------------------------------------------------------------

function startClock() {
  const advance = async (seconds) => {
    setClock(await post("/clock", { seconds }));
    announce(`The clock moved to ${hours(new Date(now()))}.`);
  };
  for (const button of document.querySelectorAll("[data-advance]")) {
    button.addEventListener("click", act(button, () => advance(Number(button.dataset.advance))));
  }
  const next = byId("advance-next");
  next.addEventListener("click", act(next, async () => { if (untilNext() !== null) await advance(untilNext()); }));
  const form = byId("clock-form");
  form.addEventListener("submit", act(form, () => advance(Number(byId("clock-seconds").value))));
  watch(["clock"], drawClock);
  setInterval(drawClock, 500);
}

const untilNext = () => (store.clock?.nextDue ? Math.max(0, Date.parse(store.clock.nextDue) - now()) / 1000 : null);

function drawClock() {
  if (!store.clock) return;
  const moment = new Date(now());
  for (const id of ["now", "clock-now"]) {
    byId(id).dateTime = moment.toISOString();
    setText(byId(id), id === "now" ? `${hours(moment)} UTC` : `${day(moment)} ${hours(moment)} UTC`);
  }
  const due = untilNext();
  const ahead = store.clock.aheadSeconds > 0.5 ? `${span(Math.round(store.clock.aheadSeconds))} ahead of the real time` : "real time";
  setText(byId("clock-note"), due === null ? ahead : `${ahead}, next timer in ${span(Math.ceil(due))}`);
  byId("advance-next").disabled = due === null;
}

// --- callback URLs ------------------------------------------------------------------------------

function startUrls() {
  const form = byId("urls-form");
  const fields = ["primary", "fallback", "verification", "sms"].map((name) => byId(`url-${name}`));
  form.addEventListener("submit", act(form, async () => {
    const [primary, fallback, verification, sms] = fields.map((field) => field.value.trim() || null);
    store.callbacks = await put("/callbacks", { voice: { primary, fallback }, verification, sms });
    changed("callbacks");
    announce("Callback URLs saved.");
  }));
  watch(["callbacks"], () => {
    const { voice, verification, sms, warnings = [] } = store.callbacks ?? {};
    byId("url-warnings").replaceChildren(...warnings.map((text) => el("li", {}, text)));
    byId("url-warnings").hidden = warnings.length === 0;
    const values = [voice?.primary, voice?.fallback, verification, sms];
    fields.forEach((field, at) => { if (field !== document.activeElement) field.value = values[at] ?? ""; });
    changed("messages");
  });
}

// --- traffic ------------------------------------------------------------------------------------

function drawTraffic() {
  setText(byId("count-traffic"), store.traffic.length ? `${store.traffic.length}` : "");
  reconcile(byId("traffic"), store.traffic, (item) => item.key, makeTraffic, () => {});
}

function makeTraffic(item) {
  const callback = item.way === "callback";
  const what = callback ? `${item.event} → app` : `${item.method} ${item.path}`;
  const result = item.problem ?? `${item.status ?? "no answer"}`;
  const faults = item.faults?.length ? ` (${item.faults.join(", ")})` : "";
  const line = [el("time", { datetime: item.timestamp }, clockTime(item.timestamp)),
    el("span", { class: "what" }, `${what}: ${result}${faults}`)];
  const { key, way, ...shown } = item;
  return el("li", {}, fold(line, `${what} as JSON`, shown));
}

// --- reset --------------------------------------------------------------------------------------

function startReset() {
  const dialog = byId("reset-dialog");
  byId("reset").addEventListener("click", () => dialog.showModal());
  byId("reset-no").addEventListener("click", () => dialog.close());
  const yes = byId("reset-yes");
  yes.addEventListener("click", act(yes, async () => {
    dialog.close();
    await ask("POST", "/reset", {});
    announce("Everything is forgotten.");
  }));
}
