// One exchange: what was sent, what came back, what to think of it; once more, changed, or to take away.

import { get, post } from "./api.js";
import { byId, el, act, announce, copyText, setText, Problem } from "./dom.js";
import { clockTime } from "./format.js";
import { jsonBlock, pretty } from "./json.js";
import { changed } from "./store.js";
import { titleOf } from "./wording.js";

let selected = null;
let shown = null;

// Opens one as soon as it is here: an answer may overtake the event that tells of it.
export function selectExchange(key) {
  selected = key;
  changed("traffic");
}

export const isSelected = (item) => item.key === selected;

export function startExchange() {
  const button = (id, run) => byId(id).addEventListener("click", act(byId(id), run));
  button("resend", () => send({ url: shown.url }));
  button("edit", () => openForm(byId("edit-form").hidden));
  button("edit-cancel", () => { openForm(false); byId("edit").focus(); });
  button("copy-curl", async () => copyText((await get(pathOf("copies"))).curl, "The curl command is copied."));
  button("copy-pytest", async () => copyText((await get(pathOf("copies"))).pytest, "The test is copied."));
  const form = byId("edit-form");
  form.addEventListener("submit", act(form, async () => send(changes())));
}

const isCallback = () => shown.way === "callback";
const pathOf = (what) => `/${isCallback() ? "deliveries" : "requests"}/${encodeURIComponent(shown.id)}/${what}`;

async function send(body) {
  const sent = await post(pathOf("resend"), isCallback() ? body : { ...body, url: undefined });
  if (isCallback()) selectExchange(`callback-${sent.id}-${sent.attempt}`);
  announce(isCallback() ? `Sent again: ${sent.verdict.text}.` : `Carried out again: ${sent.status}.`);
}

function openForm(open) {
  byId("edit-form").hidden = !open;
  byId("edit").setAttribute("aria-expanded", String(open));
  if (!open) return;
  byId("edit-target").value = isCallback() ? shown.url : `${shown.method} ${shown.path}`;
  byId("edit-signing-label").hidden = !isCallback();
  byId("edit-signing").value = "right";
  byId("edit-body").value = isCallback() ? pretty(shown.body) : pretty(parsed(shown.body));
  byId("edit-target").focus();
}

function changes() {
  const target = byId("edit-target").value.trim();
  const text = byId("edit-body").value;
  if (isCallback()) return { url: target, body: object(text), signing: byId("edit-signing").value };
  const [, method, path] = /^([A-Za-z]+) +(\/\S*)$/.exec(target) ?? [];
  if (!path) throw new Problem("Write a method and a path, such as POST /v1/sms/+46700000099.");
  return { method, path, body: text.trim() };
}

// The JSON object in a text; what else it is is said in words of ours.
export function object(text) {
  let value = null;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem("The body is no JSON: look for a missing comma or quotation mark.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Problem("The body has to be a JSON object: {…}.");
  return value;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function showExchange(item) {
  if (item === shown || (item && item.key === shown?.key)) return;
  shown = item ?? null;
  byId("exchange-body").hidden = !item;
  byId("exchange-empty").hidden = Boolean(item);
  setText(byId("exchange-title"), item ? titleOf(item) : "Nothing selected");
  if (!item) return;
  openForm(false);
  const { ok, text, notes } = item.verdict;
  byId("verdict").replaceChildren(
    el("p", { class: `verdict ${ok ? "good" : "bad"}` }, el("span", { "aria-hidden": "true" }, ok ? "✓ " : "✗ "), text),
    el("ul", { class: "plain notes" }, ...notes.map((note) => el("li", {}, note))),
    el("dl", { class: "facts" }, ...facts(item).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));
  setText(byId("answer-title"), item.status === null ? "Answer: none" : `Answer ${item.status}`);
  byId("exchange-answer").replaceChildren(block(parsed(item.answer ?? ""), "Answer"));
  byId("exchange-sent").replaceChildren(block(item.way === "callback" ? item.body : parsed(item.body), "Sent"));
}

const block = (value, label) =>
  (value === "" ? el("p", { class: "empty" }, "No body.") : jsonBlock(value, label));

function facts(item) {
  const found = [["At", clockTime(item.timestamp)]];
  if (item.way === "callback") {
    found.push(["To", item.url], ["Took", `${Math.round(item.seconds * 1000)} ms`], ["Signature", item.signing]);
    if (item.callId) found.push(["Call", item.callId]);
    if (item.attempt > 1) found.push(["Attempt", `${item.attempt}`]);
    if (item.origin !== "event") found.push(["Sent", item.origin === "resend" ? "again, on request" : "on request"]);
    if (item.faults.length) found.push(["Faults", item.faults.join(", ")]);
  } else {
    for (const name of ["Authorization", "User-Agent", "Content-Type"]) {
      const header = Object.entries(item.headers).find(([given]) => given.toLowerCase() === name.toLowerCase());
      if (header) found.push([name, header[1]]);
    }
  }
  return found;
}
