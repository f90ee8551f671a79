// Follows the sandbox: everything is loaded once per connection, then kept up by events.

import { get, listen, callPath } from "./api.js";
import { complain } from "./dom.js";
import { store, changed, running, setClock, setLink, tellNews } from "./store.js";

const LISTS = ["/calls", "/conferences", "/messages", "/inbox", "/verifications", "/faults", "/clock",
  "/callbacks", "/numbers", "/farends", "/deliveries", "/requests"];
const KEPT_TRAFFIC = 300;

let loading = null;
let held = [];
let clockTimer = 0;

export async function select(id) {
  store.selected = id;
  changed("selected", "calls");
  if (id !== null) await loadTranscript(id);
}

async function loadTranscript(id) {
  try {
    const { transcript = [], ...call } = await get(callPath(id));
    if (!store.calls.has(id)) store.calls.set(id, call);
    for (const entry of transcript) addEntry(id, entry);
  } catch (problem) {
    complain(problem);
  }
  changed("transcript", "calls");
}

function addEntry(id, entry) {
  let lines = store.transcripts.get(id);
  if (!lines) store.transcripts.set(id, (lines = []));
  const isNew = !lines[entry.index];
  lines[entry.index] = entry;
  return isNew;
}

function putAll(map, items) {
  map.clear();
  for (const item of items) map.set(item.id ?? item.callId, item);
}

const readers = {
  call(call) {
    const old = store.calls.get(call.callId);
    store.calls.set(call.callId, call);
    tellNews("call", call, old);
    changed("calls");
    soonReadClock();
  },
  entry({ callId, ...entry }) {
    if (!addEntry(callId, entry)) return;
    tellNews("entry", callId, entry);
    if (callId === store.selected) changed("transcript");
  },
  conferences({ conferences }) { store.rooms = conferences; changed("rooms"); },
  message(message) { keep(store.messages, message, "message"); changed("messages"); },
  inbox(message) { store.inbox.set(message.id, message); changed("messages"); },
  batch() { soonReadClock(); },
  verification(item) { keep(store.verifications, item, "verification"); changed("verifications"); },
  delivery(delivery) { addTraffic(asCallback(delivery)); },
  request(request) { addTraffic(asRequest(request)); },
  faults({ faults }) { store.faults = faults; changed("faults"); },
  clock(clock) { setClock(clock); },
  callbacks(callbacks) { store.callbacks = callbacks; changed("callbacks"); },
};

function keep(map, item, name) {
  const old = map.get(item.id);
  map.set(item.id, item);
  tellNews(name, item, old);
}

const asCallback = (item) => ({ ...item, way: "callback", key: `callback-${item.id}-${item.attempt}` });
const asRequest = (item) => ({ ...item, way: "request", key: `request-${item.id}` });

// Newest first; what was both in a list and an event is there once.
function addTraffic(item) {
  store.traffic = [item, ...store.traffic.filter((other) => other.key !== item.key)].slice(0, KEPT_TRAFFIC);
  changed("traffic");
}

function soonReadClock() {
  clearTimeout(clockTimer);
  clockTimer = setTimeout(() => get("/clock").then(setClock, () => {}), 300);
}

// Events that come while the lists are on their way are applied afterwards: they may be newer.
async function load(hello) {
  held = [];
  const mine = (loading = Symbol("load"));
  try {
    const lists = await Promise.all(LISTS.map(get));
    if (loading !== mine) return;
    take(hello, ...lists);
    setLink("live");
  } catch (problem) {
    if (loading === mine) complain(problem);
  }
  if (loading !== mine) return;
  loading = null;
  for (const [name, data] of held.splice(0)) readers[name]?.(data);
  if (!store.calls.has(store.selected)) {
    const last = [...store.calls.values()].reverse();
    store.selected = (last.find(running) ?? last[0])?.callId ?? null;
  }
  changed("hello", "calls", "rooms", "messages", "verifications", "faults", "callbacks", "farends",
    "selected", "transcript");
  if (store.selected !== null) await loadTranscript(store.selected);
}

function take(hello, calls, rooms, messages, inbox, verifications, faults, clock, callbacks, numbers, ends, sent, logged) {
  store.hello = hello;
  putAll(store.calls, calls.calls);
  store.transcripts.clear();
  store.rooms = rooms.conferences;
  putAll(store.messages, messages.messages);
  putAll(store.inbox, inbox.messages);
  putAll(store.verifications, verifications.verifications);
  store.faults = faults.faults;
  store.callbacks = callbacks;
  store.numbers = numbers.numbers.map((item) => item.number);
  store.farEnds = ends;
  store.traffic = [...sent.deliveries.map(asCallback), ...logged.requests.map(asRequest)]
    .sort((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp)).slice(0, KEPT_TRAFFIC);
  changed("traffic");
  setClock(clock);
}

export function connect() {
  listen(
    (name, data) => {
      if (name === "hello") load(data);
      else if (name === "reset" || name === "lost") get("").then(load, complain);
      else if (loading) held.push([name, data]);
      else readers[name]?.(data);
    },
    (state) => {
      loading = null;
      setLink(state);
    },
  );
}
