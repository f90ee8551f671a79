// Requests to /_sandbox, and the event stream with a reconnect of its own.

import { Problem } from "./dom.js";

const NAMES = ["hello", "call", "entry", "conferences", "message", "inbox", "batch", "verification",
  "delivery", "request", "faults", "clock", "callbacks", "reset", "lost"];
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;

export async function ask(method, path, body) {
  const options = { method, cache: "no-store" };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  let response;
  try {
    response = await fetch(`/_sandbox${path}`, options);
  } catch {
    throw new Problem("The sandbox does not answer. Is it still running?");
  }
  const text = await response.text();
  let value = {};
  try {
    value = text ? JSON.parse(text) : {};
  } catch {
    throw new Problem(`The sandbox answered ${response.status} with something that is no JSON.`);
  }
  if (!response.ok) throw new Problem(value.message || `The sandbox answered ${response.status}.`);
  return value;
}

export const get = (path) => ask("GET", path);
export const post = (path, body = {}) => ask("POST", path, body);
export const put = (path, body) => ask("PUT", path, body);
export const remove = (path) => ask("DELETE", path);
export const callPath = (id, what) => `/calls/${encodeURIComponent(id)}${what ? `/${what}` : ""}`;

// EventSource gives up for good on an HTTP error, so every failure closes it and opens a new one.
export function listen(onEvent, onState) {
  let pause = FIRST_PAUSE;
  let source = null;
  let timer = 0;

  function open() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource("/_sandbox/events");
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        if (name === "hello") pause = FIRST_PAUSE;
        onEvent(name, JSON.parse(event.data));
      });
    }
    source.addEventListener("error", () => {
      source.close();
      onState(navigator.onLine === false ? "offline" : "waiting");
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  }

  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && open());
  addEventListener("online", open);
  open();
}
