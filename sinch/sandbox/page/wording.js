// The field's words for what calls are and do.

import { store, now, ringing, running } from "./store.js";

const STATES = { dialling: "Dialling", ringing: "Ringing", asking: "Waiting for the app",
  playing: "Playing a prompt", menu: "In a menu", connected: "Connected", conference: "In a conference",
  parked: "Parked", ended: "Ended" };
export const OUTCOMES = { answer: "answers by itself", wait: "rings until you answer", busy: "is busy",
  noanswer: "does not answer", failed: "fails", congestion: "meets congestion" };
export const KINDS = { inbound: "to the app", ttsCallout: "TTS callout", conferenceCallout: "conference callout",
  customCallout: "custom callout", room: "dialled in" };
export const METHODS = { sms: "SMS", flashcall: "Flash call", callout: "Call", seamless: "Data", whatsapp: "WhatsApp" };

export const stateText = (call) => STATES[call.state] ?? call.state;
export const endpoint = (identity) => identity?.endpoint || "unknown";
const VOICE = new Set(["ice", "ace", "pie", "dice", "notify"]);
const eventName = (event) => (VOICE.has(event) ? event.toUpperCase() : event);
export const titleOf = (item) => (item.way === "callback" ? eventName(item.event) : `${item.method} ${item.path}`);
// who with whom; the app itself calls where nobody else is named
export const parties = (call) =>
  `${call.from || call.kind === "inbound" ? endpoint(call.from) : "app"} → ${endpoint(call.to)}`;
export const seconds = (call) =>
  running(call) && call.answeredAt ? (now() - Date.parse(call.answeredAt)) / 1000 : call.duration;

export function detail(call) {
  if (!call) return "Place a call, or let the app call a phone.";
  if (call.state === "ended") return `${call.result}, ${call.reason}`;
  if (ringing(call)) return `${endpoint((call.far ?? call.party).identity)} is ringing.`;
  if (call.state === "menu" && call.menuId) return `Menu “${call.menuId}”`;
  if (call.state === "connected" && call.connectedTo) return `Talking to ${call.connectedTo}`;
  if (call.state === "conference" && call.conferenceId) return `Conference “${call.conferenceId}”`;
  return call.kind === "inbound" ? "Call to the app" : "Call by the app";
}

export function tagsOf(call) {
  const found = [];
  if (call.muted) found.push("muted");
  if (call.onhold) found.push("on hold");
  if (call.recording) found.push("recording");
  if (call.music) found.push(`music: ${call.music}`);
  for (const [key, value] of Object.entries(call.cookies ?? {})) found.push(`${key}=${value}`);
  return found;
}

export function lastHeard(id) {
  const lines = store.transcripts.get(id) ?? [];
  for (let at = lines.length - 1; at >= 0; at--) {
    if (lines[at]?.kind === "heard" && lines[at].side !== "far") return lines[at].words;
  }
  return "";
}
