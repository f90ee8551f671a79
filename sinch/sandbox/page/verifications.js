// Verifications, with what a user would have to type: at the top while they are pending.

import { post } from "./api.js";
import { byId, el, act, announce, copyText, parts, reconcile, setText } from "./dom.js";
import { clockTime, plural } from "./format.js";
import { store, watch, onNews } from "./store.js";
import { METHODS } from "./wording.js";

const MOST = 50;
const idOf = (item) => item.id;
const newest = (map) => [...map.values()].reverse();
const methodOf = (item) => METHODS[String(item.method).toLowerCase()] ?? item.method;

export function startVerifications() {
  watch(["verifications"], draw);
  onNews("verification", (item, old) => { if (!old) announce(`New verification of ${item.number}. ${secretOf(item).text}`); });
}

function secretOf(item) {
  if (item.code) return { label: "Code", text: item.code };
  if (item.cli) return { label: "Caller number", text: item.cli };
  if (item.targetUri) return { label: "Link", text: item.targetUri, link: true };
  return { label: "Code", text: "none" };
}

function draw() {
  const all = newest(store.verifications);
  const pending = all.filter((item) => item.status === "PENDING").slice(0, MOST);
  const settled = all.filter((item) => item.status !== "PENDING");
  setText(byId("count-verifications"), `${pending.length}`);
  setText(byId("count-settled"), `${settled.length}`);
  byId("codes").hidden = pending.length === 0;
  byId("no-settled").hidden = settled.length > 0;
  reconcile(byId("pending"), pending, idOf, makePending, fillPending);
  reconcile(byId("settled"), settled.slice(0, MOST), idOf, () => el("li", { class: "settled" }), (node, item) =>
    setText(node, `${item.number} · ${methodOf(item)} · ${item.status}${item.reason ? `, ${item.reason}` : ""}`));
}

function makePending(item) {
  const secret = secretOf(item);
  const shown = secret.link && item.targetUri.startsWith(`${location.origin}/`)
    ? el("a", { class: "secret small", href: item.targetUri, target: "_blank", rel: "noopener" }, "Open the link")
    : el("strong", { class: "secret", "data-part": "secret" }, secret.text);
  const path = `/verifications/${encodeURIComponent(item.id)}`;
  const button = (label, name, run) => {
    const made = el("button", { type: "button", class: "quiet" }, label, el("span", { class: "sr-only" }, ` ${name} ${item.number}`));
    made.addEventListener("click", act(made, run));
    return made;
  };
  return el("li", { class: "pending" },
    el("p", {}, el("span", { class: "muted" }, `${secret.label} `), shown),
    el("p", { class: "pending-what" }, `${item.number} · ${methodOf(item)} `, el("span", { class: "muted", "data-part": "more" })),
    el("p", { class: "row" },
      button("Copy", `the ${secret.label.toLowerCase()} for`, () => copyText(secret.text, "Copied.")),
      button("Deny", "the verification of", () => post(path, { status: "DENIED", reason: "Fraud" })),
      button("Abort", "the verification of", () => post(path, { status: "ABORTED" }))));
}

function fillPending(node, item) {
  const notes = [`until ${clockTime(item.expiresAt)}`];
  if (item.attempts) notes.push(plural(item.attempts, "attempt"));
  if (item.reference) notes.push(`reference ${item.reference}`);
  if (item.callback) notes.push(`callback: ${item.callback}`);
  setText(parts(node).more, notes.join(" · "));
}
