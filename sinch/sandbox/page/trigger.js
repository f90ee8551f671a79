// Sends the app an event of one's choice.

import { get, post } from "./api.js";
import { byId, act, announce, complain } from "./dom.js";
import { object, selectExchange } from "./exchange.js";
import { pretty } from "./json.js";
import { watch } from "./store.js";

let samples = [];

export function startTrigger() {
  const form = byId("trigger-form");
  byId("trigger-event").addEventListener("change", fill);
  form.addEventListener("submit", act(form, async () => {
    const sent = await post("/triggers", { event: byId("trigger-event").value, url: byId("trigger-url").value.trim(),
      signing: byId("trigger-signing").value, body: object(byId("trigger-body").value) });
    selectExchange(`callback-${sent.id}-${sent.attempt}`);
    announce(`Sent: ${sent.verdict.text}.`);
  }));
  watch(["hello", "callbacks"], read);
}

async function read() {
  try {
    samples = (await get("/triggers")).triggers;
  } catch (problem) {
    complain(problem);
    return;
  }
  const list = byId("trigger-event");
  const chosen = list.value;
  list.replaceChildren(...samples.map(({ event }) => new Option(event, event)));
  if (chosen) list.value = chosen;
  // what somebody is writing stays
  if (byId("trigger-body").value === "") fill();
  else if (byId("trigger-url").value === "") fillUrl();
}

const current = () => samples.find(({ event }) => event === byId("trigger-event").value);
const fillUrl = () => { byId("trigger-url").value = current()?.url ?? ""; };

function fill() {
  fillUrl();
  byId("trigger-body").value = current() ? pretty(current().body) : "";
}
