// SMS as conversations: what the app sent to a phone, and what that phone sent to the app.

import { post } from "./api.js";
import { byId, el, act, announce, count, parts, reconcile, setText } from "./dom.js";
import { clockTime } from "./format.js";
import { store, watch, changed, onNews } from "./store.js";

const MOST_THREADS = 50;
const MOST_BUBBLES = 200;
let chosen = null;
let opened = null;
let typed = false;
let spoken = null;

export function startConversations() {
  const form = byId("sms-form");
  byId("sms-from").addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", act(form, async () => {
    const text = byId("sms-text");
    const from = byId("sms-from").value.trim();
    await post("/inbox", { from, to: byId("sms-to").value.trim(), message: text.value,
      api: byId("sms-api").value || null, wait: false });
    text.value = "";
    open(from);
    announce("SMS sent to the app.");
  }));
  watch(["messages"], draw);
  onNews("message", (item, old) => { if (!old) tell(item); });
}

// Of the up to 1,000 messages of a batch, the first speaks for all.
function tell(item) {
  if (item.batchId && item.batchId === spoken) return;
  spoken = item.batchId ?? null;
  announce(item.batchId ? `The app sent a batch, to ${item.to} first.` : `The app sent an SMS to ${item.to}.`);
}

// One shape for every kind of message, whichever API it came by.
const sent = (item) => ({ ...item, key: `out-${item.id}`, phone: item.to, other: item.from, byApp: true });
const received = (item) => ({ ...item, key: `in-${item.id}`, phone: item.from, other: item.to, byApp: false });

function conversations() {
  const all = [...[...store.messages.values()].map(sent), ...[...store.inbox.values()].map(received)];
  all.sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
  const found = new Map();
  for (const item of all) {
    // the one with the newest message is last
    const thread = found.get(item.phone) ?? [];
    thread.push(item);
    found.delete(item.phone);
    found.set(item.phone, thread);
  }
  return found;
}

function open(phone) {
  chosen = phone;
  changed("messages");
}

function draw() {
  const found = conversations();
  count("count-messages", store.messages.size + store.inbox.size);
  byId("no-threads").hidden = found.size > 0;
  opened = found.has(chosen) ? chosen : [...found.keys()].at(-1) ?? null;
  const listed = [...found].reverse().slice(0, MOST_THREADS);
  reconcile(byId("threads"), listed, ([phone]) => phone, makeThread, fillThread);
  byId("threads").hidden = found.size < 2;
  drawOpened(found.get(opened) ?? []);
}

function makeThread([phone]) {
  return el("li", {}, el("button", { type: "button", class: "thread-row", on: { click: () => open(phone) } },
    el("span", { class: "who" }, phone), el("time", { "data-part": "time" }),
    el("span", { class: "muted last", "data-part": "last" })));
}

function fillThread(node, [phone, items]) {
  const { time, last } = parts(node);
  const newest = items.at(-1);
  setText(time, clockTime(newest.timestamp));
  setText(last, `${newest.byApp ? "App: " : ""}${newest.message}`);
  if (phone === opened) node.firstElementChild.setAttribute("aria-current", "true");
  else node.firstElementChild.removeAttribute("aria-current");
}

function drawOpened(items) {
  byId("thread").hidden = items.length === 0;
  if (!items.length) return;
  const list = byId("bubbles");
  setText(byId("thread-title"), `With ${opened}`);
  const follow = list.dataset.phone !== opened || list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.dataset.phone = opened;
  reconcile(list, items.slice(-MOST_BUBBLES), (item) => item.key, makeBubble, fillBubble);
  if (follow) list.scrollTop = list.scrollHeight;
  // who answers is the phone that was written to
  if (!typed && opened.startsWith("+")) byId("sms-from").value = opened;
}

function makeBubble(item) {
  const settle = (status, label) => {
    const button = el("button", { type: "button", class: "quiet" }, label, el("span", { class: "sr-only" }, ` the SMS to ${item.to}`));
    button.addEventListener("click", act(button, () => post(`/messages/${encodeURIComponent(item.id)}`, { status })));
    return button;
  };
  return el("li", { class: `bubble ${item.byApp ? "by-app" : "by-phone"}` },
    el("p", { class: "bubble-head" }, el("span", {}, headOf(item)),
      el("time", { datetime: item.timestamp }, clockTime(item.timestamp))),
    el("p", { class: "bubble-text" }, item.message),
    el("p", { class: "bubble-foot" }, el("span", { "data-part": "status", class: "state" }),
      item.byApp ? el("span", { "data-part": "settle", class: "row" }, settle("Successful", "Deliver"), settle("Faulted", "Fail")) : null));
}

function headOf(item) {
  const who = item.byApp ? `App${item.other ? ` as ${item.other}` : ""}` : `${item.phone} to ${item.other}`;
  return item.batchId || item.inboundId ? `${who}, SMS REST` : who;
}

function fillBubble(node, item) {
  const { status, settle } = parts(node);
  setText(status, item.byApp ? item.status : arrival(item));
  if (settle) settle.hidden = item.status !== "Pending";
}

function arrival(item) {
  if (item.delivered) return "The app has it";
  if (item.delivered === false) return item.status ? `The app answered ${item.status}` : "The app did not answer";
  if (item.inboundId) return store.callbacks?.messages ? "On its way" : "Not delivered: no SMS REST callback URL";
  return store.callbacks?.sms ? "On its way" : "Not delivered: no SMS callback URL";
}
