// The phone: dial, keypad, answer, reject, hang up, speak, and what far ends do.

import { post, put, callPath } from "./api.js";
import { byId, el, act, announce, complain, reconcile, setText, span, tags } from "./dom.js";
import { store, watch, changed, onNews, select, selectedCall, running, ringing, now } from "./store.js";

const KEYS = [["1", ""], ["2", "ABC"], ["3", "DEF"], ["4", "GHI"], ["5", "JKL"], ["6", "MNO"],
  ["7", "PQRS"], ["8", "TUV"], ["9", "WXYZ"], ["*", ""], ["0", "+"], ["#", ""]];
const SPOKEN = { "*": "Star", "#": "Hash" };
const STATES = { dialling: "Dialling", ringing: "Ringing", asking: "Waiting for the app",
  playing: "Playing a prompt", menu: "In a menu", connected: "Connected", conference: "In a conference",
  parked: "Parked", ended: "Ended" };
const OUTCOMES = { answer: "answers by itself", wait: "rings until you answer", busy: "is busy",
  noanswer: "does not answer", failed: "fails", congestion: "meets congestion" };

export const stateText = (call) => STATES[call.state] ?? call.state;
export const endpoint = (identity) => identity?.endpoint || "unknown";
export const seconds = (call) =>
  running(call) && call.answeredAt ? (now() - Date.parse(call.answeredAt)) / 1000 : call.duration;

const side = () => (byId("sides").hidden ? "party" : document.querySelector("[name=side]:checked").value);
const onCall = (id, what, body = {}) => post(callPath(id, what), { ...body, wait: false });

export async function show(id) {
  byId("screen").focus();
  await select(id);
}

export function startDialler() {
  startCalling();
  startKeypad();
  startFarEnds();
  watch(["calls", "selected", "transcript"], drawScreen);
  setInterval(drawTime, 500);
  onNews("call", tell);
}

function startCalling() {
  const form = byId("call-form");
  form.addEventListener("submit", act(form, async () => {
    const value = (id) => byId(id).value.trim();
    const body = { from: value("call-from"), to: value("call-to"), toType: value("call-to-type"),
      domain: value("call-domain"), wait: false };
    if (value("call-user")) body.user = value("call-user");
    if (value("call-rdnis")) body.rdnis = value("call-rdnis");
    const { transcript, ...call } = await post("/calls", body);
    if (!store.calls.has(call.callId)) store.calls.set(call.callId, call);
    await show(call.callId);
  }));
  const whileRunning = (id, run) => {
    const button = byId(id);
    button.addEventListener("click", act(button, async () => {
      const call = selectedCall();
      if (running(call)) await run(call);
      // the button is about to go away
      byId("screen").focus();
    }));
  };
  whileRunning("answer", (call) => onCall(call.callId, "answer"));
  whileRunning("answer-machine", (call) =>
    onCall(call.callId, "answer", { machine: { status: "machine", reason: "longgreeting", analysis: 3, beepAfter: 5 } }));
  whileRunning("reject", (call) => onCall(call.callId, "reject", { result: byId("reject-as").value }));
  whileRunning("hang-up", (call) => onCall(call.callId, "hangup", { side: side() }));
  const speak = byId("speak-form");
  speak.addEventListener("submit", act(speak, async () => {
    const text = byId("speak-text");
    if (!running(selectedCall())) return nobody();
    await onCall(store.selected, "speak", { text: text.value, side: side() });
    text.value = "";
  }));
}

function nobody() {
  announce("No call is in progress. Call the app first.");
  complain("No call is in progress. Call the app first.");
}

function startKeypad() {
  const pad = byId("keypad");
  const buttons = new Map();
  for (const [key, letters] of KEYS) {
    const name = SPOKEN[key] ?? key;
    const button = el("button", { type: "button", class: "key", "data-digit": key, "aria-label": name },
      el("span", { "aria-hidden": "true" }, key), el("small", { "aria-hidden": "true" }, letters));
    button.addEventListener("click", () => press(key, button));
    buttons.set(key, button);
    pad.append(button);
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!byId("use-keys").checked || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select")) return;
    const button = buttons.get(event.key);
    if (!button || !running(selectedCall())) return;
    event.preventDefault();
    press(event.key, button);
  });
}

// One after the other, or the digits could overtake each other on the way.
let line = Promise.resolve();
function press(digit, button) {
  const call = selectedCall();
  if (!running(call)) return nobody();
  button.classList.add("down");
  setTimeout(() => button.classList.remove("down"), 160);
  line = line.then(() => onCall(call.callId, "press", { digits: digit, side: side() })).catch(complain);
}

function drawScreen() {
  const call = selectedCall();
  const live = running(call);
  const rings = ringing(call);
  byId("screen").dataset.state = call ? call.state : "none";
  setText(byId("screen-state"), call ? stateText(call) : "No call");
  setText(byId("screen-title"), call ? `${endpoint(call.from)} → ${endpoint(call.to)}` : "Nobody is on the line");
  setText(byId("screen-detail"), detail(call));
  const talks = call && (call.state === "connected" || call.state === "conference");
  const heard = live && !talks ? lastHeard(call.callId) : "";
  setText(byId("screen-heard"), heard);
  byId("screen-heard").hidden = heard === "";
  tags(byId("screen-tags"), call ? tagsOf(call) : []);
  byId("ring-actions").hidden = !rings;
  byId("hang-up").hidden = !live;
  const two = live && call.far && call.far.state !== "gone";
  byId("sides").hidden = !two;
  if (two) {
    setText(byId("side-party"), `${endpoint(call.party.identity)} (${call.party.role})`);
    setText(byId("side-far"), `${endpoint(call.far.identity)} (${call.far.role})`);
  } else document.querySelector("[name=side][value=party]").checked = true;
  drawTime();
}

function drawTime() {
  const call = selectedCall();
  setText(byId("screen-time"), call ? span(seconds(call)) : "");
}

function detail(call) {
  if (!call) return "Place a call, or let the app call a phone.";
  if (call.state === "ended") return `${call.result}, ${call.reason}`;
  if (ringing(call)) return `${endpoint((call.far ?? call.party).identity)} is ringing.`;
  if (call.state === "menu" && call.menuId) return `Menu “${call.menuId}”`;
  if (call.state === "connected" && call.connectedTo) return `Talking to ${call.connectedTo}`;
  if (call.state === "conference" && call.conferenceId) return `Conference “${call.conferenceId}”`;
  return call.kind === "inbound" ? "Call to the app" : "Call by the app";
}

// On a small screen the transcript is out of sight.
function lastHeard(id) {
  const lines = store.transcripts.get(id) ?? [];
  for (let at = lines.length - 1; at >= 0; at--) {
    if (lines[at]?.kind === "heard" && lines[at].side !== "far") return lines[at].words;
  }
  return "";
}

function tagsOf(call) {
  const found = [];
  if (call.muted) found.push("muted");
  if (call.onhold) found.push("on hold");
  if (call.recording) found.push("recording");
  if (call.music) found.push(`music: ${call.music}`);
  for (const [key, value] of Object.entries(call.cookies ?? {})) found.push(`${key}=${value}`);
  return found;
}

// The transcript speaks for the call on the screen; here the others, and calls the app makes.
function tell(call, old) {
  if (!old && call.kind !== "inbound" && !running(selectedCall())) {
    select(call.callId);
    announce(`The app calls ${endpoint(call.to)}.`);
  } else if (call.callId !== store.selected && ringing(call) && !ringing(old)) {
    announce(`${endpoint((call.far ?? call.party).identity)} rings.`);
  }
}

function startFarEnds() {
  const form = byId("far-form");
  form.addEventListener("submit", act(form, async () => {
    const number = byId("far-endpoint").value.trim();
    store.farEnds = await put("/farends", { endpoint: number || null, outcome: byId("far-outcome").value });
    changed("farends");
    announce("Set.");
  }));
  watch(["farends"], () => {
    if (!store.farEnds) return;
    const all = [{ ...store.farEnds.default, endpoint: "Every other phone" }, ...store.farEnds.farEnds];
    reconcile(byId("far-list"), all, (item) => item.endpoint, () => el("li"), (node, item) =>
      setText(node, `${item.endpoint} ${OUTCOMES[item.outcome] ?? item.outcome}`));
  });
}
