// What the page knows of the sandbox: loaded once per connection, then kept up by events.

import { get, listen, callPath } from "./api.js";
import { complain } from "./dom.js";

const KEPT_TRAFFIC = 100;

export const store = {
  hello: {}, link: "waiting", numbers: [],
  calls: new Map(), transcripts: new Map(), rooms: [], farEnds: null,
  messages: new Map(), inbox: new Map(), verifications: new Map(),
  faults: [], callbacks: null, traffic: [],
  clock: null, clockSeen: 0, selected: null,
};

const viewers = [];
const dirty = new Set();
let drawing = 0;
let loading = null;
let held = [];
let clockTimer = 0;

export const selectedCall = () => store.calls.get(store.selected);
export const running = (call) => call !== undefined && call.state !== "ended";
export const ringing = (call) => running(call) && legRings(call.far ?? call.party);
const legRings = (leg) => Boolean(leg) && (leg.state === "dialling" || leg.state === "ringing");

// `draw` runs once before the next frame in which one of `topics` has changed.
export function watch(topics, draw) {
  viewers.push({ topics, draw });
}

export function changed(...topics) {
  for (const topic of topics) dirty.add(topic);
  if (!drawing) drawing = requestAnimationFrame(drawNow);
}

function drawNow() {
  drawing = 0;
  const topics = new Set(dirty);
  dirty.clear();
  for (const { topics: wanted, draw } of viewers) {
    if (!wanted.some((topic) => topics.has(topic))) continue;
    try {
      draw();
    } catch (problem) {
      // one part that cannot be drawn must not blind the others
      console.error(problem);
    }
  }
}

export function now() {
  const base = store.clock ? Date.parse(store.clock.time) : Date.now();
  return base + (store.clock ? performance.now() - store.clockSeen : 0);
}

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

export function putAll(map, items) {
  map.clear();
  for (const item of items) map.set(item.id ?? item.callId, item);
}

const listeners = { call: [], entry: [], verification: [], message: [] };
// For what has to be told rather than drawn: a phone that rings, a code that arrived.
export const onNews = (name, run) => listeners[name].push(run);

const readers = {
  call(call) {
    const old = store.calls.get(call.callId);
    store.calls.set(call.callId, call);
    for (const run of listeners.call) run(call, old);
    changed("calls");
    soonReadClock();
  },
  entry({ callId, ...entry }) {
    if (!addEntry(callId, entry)) return;
    for (const run of listeners.entry) run(callId, entry);
    if (callId === store.selected) changed("transcript");
  },
  conferences({ conferences }) { store.rooms = conferences; changed("rooms"); },
  message(message) { keep(store.messages, message, "message"); changed("messages"); },
  inbox(message) { store.inbox.set(message.id, message); changed("messages"); },
  verification(item) { keep(store.verifications, item, "verification"); changed("verifications"); },
  delivery(delivery) { addTraffic({ ...delivery, way: "callback" }); },
  request(request) { addTraffic({ ...request, way: "request" }); },
  faults({ faults }) { store.faults = faults; changed("faults"); },
  clock(clock) { setClock(clock); },
  callbacks(callbacks) { store.callbacks = callbacks; changed("callbacks"); },
};

function keep(map, item, name) {
  const old = map.get(item.id);
  map.set(item.id, item);
  for (const run of listeners[name]) run(item, old);
}

let trafficNumber = 0;
function addTraffic(item) {
  store.traffic.unshift({ ...item, key: ++trafficNumber });
  store.traffic.length = Math.min(store.traffic.length, KEPT_TRAFFIC);
  changed("traffic");
}

export function setClock(clock) {
  store.clock = clock;
  store.clockSeen = performance.now();
  changed("clock");
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
    const [calls, rooms, messages, inbox, verifications, faults, clock, callbacks, numbers, ends, sent] =
      await Promise.all(["/calls", "/conferences", "/messages", "/inbox", "/verifications", "/faults",
        "/clock", "/callbacks", "/numbers", "/farends", "/deliveries"].map(get));
    if (loading !== mine) return;
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
    store.traffic = [];
    for (const delivery of sent.deliveries) readers.delivery(delivery);
    setClock(clock);
    store.link = "live";
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
  changed("link", "hello", "calls", "rooms", "messages", "verifications", "faults", "callbacks",
    "farends", "selected", "transcript");
  if (store.selected !== null) await loadTranscript(store.selected);
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
      store.link = state;
      changed("link");
    },
  );
}
