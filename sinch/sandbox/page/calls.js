// Calls in progress, calls that ended, and conferences.

import { post, callPath } from "./api.js";
import { byId, el, act, count, parts, reconcile, setText, tags } from "./dom.js";
import { plural, span } from "./format.js";
import { show } from "./screen.js";
import { store, watch, running, ringing } from "./store.js";
import { KINDS, parties, seconds, stateText } from "./wording.js";

const MOST_ACTIVE = 200;
const MOST_ENDED = 50;
const keyOf = (call) => call.callId;

export function startCalls() {
  watch(["calls", "selected"], draw);
  watch(["rooms"], drawRooms);
  setInterval(drawTimes, 1000);
  const form = byId("room-form");
  form.addEventListener("submit", act(form, async () => {
    const call = await post(`/conferences/${encodeURIComponent(byId("room-id").value.trim())}`,
      { cli: byId("room-cli").value.trim() });
    await show(call.callId);
  }));
}

function draw() {
  const all = [...store.calls.values()].reverse();
  const active = all.filter(running);
  const ended = all.filter((call) => !running(call));
  count("count-calls", active.length);
  setText(byId("count-ended"), `${ended.length}`);
  byId("no-active").hidden = active.length > 0;
  reconcile(byId("active-calls"), active.slice(0, MOST_ACTIVE), keyOf, makeRow, fillRow);
  reconcile(byId("ended-calls"), ended.slice(0, MOST_ENDED), keyOf, makeRow, fillRow);
}

function makeRow(call) {
  const id = call.callId;
  const button = el("button", { type: "button", class: "call-row", on: { click: () => show(id) } },
    el("span", { "data-part": "who", class: "who" }),
    el("span", { "data-part": "time", class: "num" }),
    el("span", { class: "about" },
      el("span", { "data-part": "state", class: "state" }), " ", el("span", { "data-part": "what", class: "muted" })));
  return el("li", {}, button);
}

function fillRow(node, call) {
  const { who, state, what, time } = parts(node);
  const button = node.firstElementChild;
  setText(who, parties(call));
  setText(state, ringing(call) ? "Ringing" : stateText(call));
  node.dataset.state = call.state;
  setText(what, call.state === "ended" ? `${call.result}, ${call.reason}` : KINDS[call.kind] ?? call.kind);
  setText(time, span(seconds(call)));
  if (call.callId === store.selected) button.setAttribute("aria-current", "true");
  else button.removeAttribute("aria-current");
}

function drawTimes() {
  for (const node of byId("active-calls").children) {
    const call = store.calls.get(node.dataset.key);
    if (call) setText(parts(node).time, span(seconds(call)));
  }
}

function drawRooms() {
  byId("no-rooms").hidden = store.rooms.length > 0;
  reconcile(byId("rooms"), store.rooms, (room) => room.id, makeRoom, fillRoom);
}

function makeRoom(room) {
  return el("li", { class: "room" }, el("p", {}, el("strong", { "data-part": "name" }), " ",
    el("span", { "data-part": "size", class: "muted" })),
  el("ul", { class: "plain", "data-part": "people", "aria-label": `Participants of ${room.id}` }));
}

function fillRoom(node, room) {
  const { name, size, people } = parts(node);
  setText(name, room.id);
  const all = room.participants ?? [];
  setText(size, plural(all.length, "participant"));
  reconcile(people, all, (person) => person.id, makePerson, fillPerson);
}

function makePerson(person) {
  const leave = el("button", { type: "button", class: "quiet", "aria-label": `Hang up ${person.cli || person.id}` }, "Hang up");
  leave.addEventListener("click", act(leave, () => post(callPath(person.id, "hangup"), { wait: false })));
  return el("li", { class: "person" },
    el("button", { type: "button", class: "link", "data-part": "cli", on: { click: () => show(person.id) } }),
    el("ul", { class: "tags", "data-part": "tags" }), leave);
}

function fillPerson(node, person) {
  const { cli, tags: list } = Object.fromEntries(
    [...node.children].filter((child) => child.dataset.part).map((child) => [child.dataset.part, child]));
  setText(cli, person.cli || "unknown caller");
  tags(list, [person.muted && "muted", person.onhold && "on hold"].filter(Boolean));
}
