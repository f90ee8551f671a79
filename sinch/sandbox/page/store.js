// What the page knows of the sandbox, and who draws what of it. feed.js keeps it up to date.

export const store = {
  hello: {}, link: "waiting", numbers: [],
  calls: new Map(), transcripts: new Map(), rooms: [], farEnds: null,
  messages: new Map(), inbox: new Map(), verifications: new Map(),
  menus: { maps: [], keys: {} }, faults: [], callbacks: null, traffic: [],
  clock: null, clockSeen: 0, stoppedAt: null, selected: null,
};

const viewers = [];
const dirty = new Set();
let drawing = 0;

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

// The sandbox's time. Without a connection nobody knows it: it stands still at the last one known.
export function now() {
  if (!store.clock) return Date.now();
  return Date.parse(store.clock.time) + (store.stoppedAt ?? performance.now()) - store.clockSeen;
}

export function setLink(state) {
  store.link = state;
  if (state === "live") store.stoppedAt = null;
  else store.stoppedAt ??= performance.now();
  changed("link", "clock");
}

export function setClock(clock) {
  store.clock = clock;
  store.clockSeen = performance.now();
  changed("clock");
}

const listeners = { call: [], entry: [], verification: [], message: [] };
// For what has to be told rather than drawn: a phone that rings, a code that arrived.
export const onNews = (name, run) => listeners[name].push(run);
export const tellNews = (name, ...what) => { for (const run of listeners[name]) run(...what); };
