// The live transcript of the selected call: conversation, events, SVAML.

import { byId, el, act, copyText } from "./dom.js";
import { span } from "./format.js";
import { fold } from "./json.js";
import { startSpeech } from "./speech.js";
import { store, watch, selectedCall } from "./store.js";

const KINDS = {
  dialling: ["Dial", "line"], ringing: ["Ring", "line"], answered: ["Answer", "good"],
  not_answered: ["No answer", "bad"], asked: ["Event", "event"], told: ["Event", "event"],
  replied: ["SVAML", "svaml"], callback_failed: ["Failed", "bad"], refused: ["Refused", "bad"],
  heard: ["Prompt", "app"], tone_heard: ["Tones", "app"], pressed: ["Keys", "me"],
  spoken: ["Speech", "me"], menu_entered: ["Menu", "line"], menu_left: ["Menu", "line"],
  menu_choice: ["Menu", "line"], cookie_set: ["Cookie", "line"], connected: ["Connect", "good"],
  joined: ["Room", "good"], left: ["Room", "line"], music: ["Music", "line"],
  command: ["Room", "line"], parked: ["Park", "line"], unparked: ["Park", "line"],
  recording_started: ["Record", "line"], recording_stopped: ["Record", "line"],
  machine_detected: ["AMD", "line"], status_reported: ["Report", "line"], ended: ["End", "end"],
};
const who = (side) => (side === "far" ? "far end" : "");

// In our own words where the engine's line would repeat the label or dump JSON.
const TEXTS = {
  asked: (e) => `${e.event.toUpperCase()}${e.inline ? " (the answer came with the callout)" : " to the app"}`,
  told: (e) => `${e.event.toUpperCase()} to the app`,
  replied: (e) => `${e.event.toUpperCase()}: ${svamlSummary(e.payload)}`,
  heard: (e) => e.words,
  pressed: (e) => `${e.digits}${e.used ? "" : " (nobody listened)"}`,
  spoken: (e) => `“${e.words}”${e.used ? "" : " (nobody listened)"}`,
  tone_heard: (e) => e.digits,
  music: (e) => `${e.moh} ${e.playing ? "starts" : "stops"}`,
  cookie_set: (e) => `${e.key} = ${e.value}`,
  ended: (e) => `${e.result}, ${e.reason}, after ${span(e.duration)}`,
};

function svamlSummary(payload) {
  if (payload === null || typeof payload !== "object") return payload ? "an answer that is no JSON" : "empty answer";
  const names = [...(payload.instructions ?? []), payload.action].map((item) => item?.name).filter(Boolean);
  return names.length ? names.join(", ") : "no instruction";
}

function lineOf(entry) {
  const said = TEXTS[entry.kind];
  try {
    return said ? said(entry) : entry.text ?? entry.kind;
  } catch {
    return entry.text ?? entry.kind;
  }
}

function hint(entry) {
  const notes = [who(entry.side)];
  if (entry.kind === "heard") notes.push(entry.source, entry.locale);
  return notes.filter(Boolean).join(" · ");
}

function make(entry, start) {
  const [label, tone] = KINDS[entry.kind] ?? [entry.kind, "line"];
  const offset = (Date.parse(entry.at) - start) / 1000;
  const note = hint(entry);
  const line = [
    el("span", { class: "badge" }, label),
    el("span", { class: "what" }, lineOf(entry), note ? el("small", {}, ` ${note}`) : null),
  ];
  const time = el("time", { datetime: entry.at, title: entry.at }, span(offset));
  const payload = entry.payload;
  const body = payload === undefined || payload === null
    ? el("div", { class: "fold" }, ...line)
    : fold(line, `${label} ${entry.event ?? ""} as JSON`, payload);
  return el("li", { class: `entry tone-${tone}`, "data-kind": entry.kind }, time, body);
}

export function startTranscript() {
  const log = byId("log");
  const list = byId("entries");
  const newer = byId("newer");
  let shown = null;
  let count = 0;

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const toEnd = () => { log.scrollTop = log.scrollHeight; newer.hidden = true; };

  function draw() {
    const call = selectedCall();
    const lines = store.transcripts.get(store.selected) ?? [];
    const other = shown !== store.selected || count > lines.length;
    const follow = other || atEnd();
    if (other) {
      // a whole transcript is read by whoever wants to, only new lines are spoken
      log.setAttribute("aria-live", "off");
      setTimeout(() => log.setAttribute("aria-live", "polite"), 300);
      list.replaceChildren();
      shown = store.selected;
      count = 0;
    }
    const start = Date.parse(call?.placedAt ?? lines[0]?.at ?? 0);
    const fresh = [];
    while (lines[count]) fresh.push(make(lines[count++], start));
    if (fresh.length) list.append(...fresh);
    byId("log-empty").hidden = count > 0;
    if (follow) toEnd();
    else if (fresh.length) newer.hidden = false;
  }

  watch(["transcript", "selected"], draw);
  log.addEventListener("scroll", () => { if (atEnd()) newer.hidden = true; });
  newer.addEventListener("click", () => { toEnd(); log.focus(); });

  const filter = byId("show-callbacks");
  filter.addEventListener("change", () => {
    const follow = atEnd();
    list.classList.toggle("talk-only", !filter.checked);
    if (follow) toEnd();
  });

  const copy = byId("copy-transcript");
  copy.addEventListener("click", act(copy, async () => {
    const lines = [...list.children].map((item) => {
      const [time, badge, what] = ["time", ".badge", ".what"].map((part) => item.querySelector(part).textContent);
      return `${time}  ${badge.padEnd(10)}${what}`;
    });
    await copyText(lines.join("\n"), "Transcript copied.");
  }));
  startSpeech();
}
