// SMS in both directions, and verifications with what a user would have to type.

import { post } from "./api.js";
import { byId, el, act, announce, clockTime, parts, reconcile, setText } from "./dom.js";
import { store, watch, onNews } from "./store.js";

const MOST = 50;
const METHODS = { sms: "SMS", flashCall: "Flash call", callout: "Call", seamless: "Data", whatsapp: "WhatsApp" };
const newest = (map) => [...map.values()].reverse().slice(0, MOST);
const idOf = (item) => item.id;

export function startMessages() {
  const form = byId("sms-form");
  form.addEventListener("submit", act(form, async () => {
    const text = byId("sms-text");
    await post("/inbox", { from: byId("sms-from").value.trim(), to: byId("sms-to").value.trim(),
      message: text.value, wait: false });
    text.value = "";
    announce("SMS sent to the app.");
  }));
  watch(["messages"], drawMessages);
  watch(["verifications"], drawVerifications);
  onNews("message", (item, old) => { if (!old) announce(`The app sent an SMS to ${item.to}.`); });
  onNews("verification", (item, old) => { if (!old) announce(`New verification of ${item.number}. ${secretOf(item).text}`); });
}

function drawMessages() {
  setText(byId("count-messages"), store.messages.size + store.inbox.size ? `${store.messages.size + store.inbox.size}` : "");
  byId("no-outbox").hidden = store.messages.size > 0;
  byId("no-inbox").hidden = store.inbox.size > 0;
  reconcile(byId("outbox"), newest(store.messages), idOf, makeSent, fillSent);
  reconcile(byId("inbox"), newest(store.inbox), idOf, makeReceived, fillReceived);
}

function bubble(item, ...more) {
  return el("li", { class: "bubble" },
    el("p", { class: "bubble-head" }, el("span", { "data-part": "who" }), el("time", { datetime: item.timestamp }, clockTime(item.timestamp))),
    el("p", { class: "bubble-text" }, item.message),
    el("p", { class: "bubble-foot" }, el("span", { "data-part": "status", class: "state" }), ...more));
}

function makeSent(item) {
  const settle = (status, label) => {
    const button = el("button", { type: "button", class: "quiet", "aria-label": `${label}: SMS to ${item.to}` }, label);
    button.addEventListener("click", act(button, () => post(`/messages/${encodeURIComponent(item.id)}`, { status })));
    return button;
  };
  return bubble(item, el("span", { "data-part": "settle", class: "row" }, settle("Successful", "Deliver"), settle("Faulted", "Fail")));
}

function fillSent(node, item) {
  const { who, status, settle } = parts(node);
  setText(who, item.from ? `${item.from} → ${item.to}` : `to ${item.to}`);
  setText(status, item.status);
  settle.hidden = item.status !== "Pending";
}

function fillReceived(node, item) {
  const { who, status } = parts(node);
  setText(who, `${item.from} → ${item.to}`);
  setText(status, deliveryOf(item));
}

function makeReceived(item) {
  return bubble(item);
}

function deliveryOf(item) {
  if (item.delivered) return "The app has it";
  if (item.delivered === false) return item.status ? `The app answered ${item.status}` : "The app did not answer";
  return store.callbacks?.sms ? "On its way" : "Not delivered: no SMS callback URL";
}

// --- verifications ------------------------------------------------------------------------------

function secretOf(item) {
  if (item.code) return { label: "Code", text: item.code };
  if (item.cli) return { label: "Caller number", text: item.cli };
  if (item.targetUri) return { label: "Link", text: item.targetUri, link: true };
  return { label: "Code", text: "none" };
}

function drawVerifications() {
  const all = newest(store.verifications);
  const pending = all.filter((item) => item.status === "PENDING");
  const settled = all.filter((item) => item.status !== "PENDING");
  setText(byId("count-verifications"), pending.length ? `${pending.length}` : "");
  setText(byId("count-settled"), `${settled.length}`);
  byId("no-pending").hidden = pending.length > 0;
  reconcile(byId("pending"), pending, idOf, makePending, fillPending);
  reconcile(byId("settled"), settled, idOf, () => el("li", { class: "settled" }), (node, item) =>
    setText(node, `${item.number} · ${METHODS[item.method] ?? item.method} · ${item.status}${item.reason ? `, ${item.reason}` : ""}`));
}

function makePending(item) {
  const secret = secretOf(item);
  const shown = secret.link && item.targetUri.startsWith(`${location.origin}/`)
    ? el("a", { class: "secret small", href: item.targetUri, target: "_blank", rel: "noopener" }, "Open the link")
    : el("strong", { class: "secret", "data-part": "secret" }, secret.text);
  const path = `/verifications/${encodeURIComponent(item.id)}`;
  const copy = el("button", { type: "button", class: "quiet", "aria-label": `Copy the ${secret.label.toLowerCase()} for ${item.number}` }, "Copy");
  copy.addEventListener("click", act(copy, async () => {
    await navigator.clipboard.writeText(secret.text);
    announce("Copied.");
  }));
  const end = (label, body) => {
    const button = el("button", { type: "button", class: "quiet", "aria-label": `${label} the verification of ${item.number}` }, label);
    button.addEventListener("click", act(button, () => post(path, body)));
    return button;
  };
  return el("li", { class: "pending" },
    el("p", { class: "bubble-head" }, el("span", {}, `${item.number} · ${METHODS[item.method] ?? item.method}`),
      el("time", { datetime: item.createdAt }, clockTime(item.createdAt))),
    el("p", { class: "secret-line" }, el("span", { class: "muted" }, `${secret.label} `), shown),
    item.text ? el("p", { class: "bubble-text" }, item.text) : null,
    el("p", { class: "muted", "data-part": "more" }),
    el("p", { class: "row" }, copy, end("Deny", { status: "DENIED", reason: "Fraud" }), end("Abort", { status: "ABORTED" })));
}

function fillPending(node, item) {
  const notes = [`valid until ${clockTime(item.expiresAt)}`];
  if (item.attempts) notes.push(item.attempts === 1 ? "1 attempt" : `${item.attempts} attempts`);
  if (item.reference) notes.push(`reference ${item.reference}`);
  if (item.callback) notes.push(`callback: ${item.callback}`);
  setText(parts(node).more, notes.join(" · "));
}
