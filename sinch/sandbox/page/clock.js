// The sandbox's time, and moving it on.

import { post } from "./api.js";
import { byId, act, announce, setText } from "./dom.js";
import { day, hours, span } from "./format.js";
import { store, watch, setClock, now } from "./store.js";

export function startClock() {
  const advance = async (seconds) => {
    setClock(await post("/clock", { seconds }));
    announce(`The clock moved to ${hours(new Date(now()))}.`);
  };
  for (const button of document.querySelectorAll("[data-advance]")) {
    button.addEventListener("click", act(button, () => advance(Number(button.dataset.advance))));
  }
  const next = byId("advance-next");
  next.addEventListener("click", act(next, async () => { if (untilNext() !== null) await advance(untilNext()); }));
  const form = byId("clock-form");
  form.addEventListener("submit", act(form, () => advance(Number(byId("clock-seconds").value))));
  watch(["clock"], drawClock);
  setInterval(drawClock, 500);
}

const untilNext = () => (store.clock?.nextDue ? Math.max(0, Date.parse(store.clock.nextDue) - now()) / 1000 : null);

function drawClock() {
  if (!store.clock) return;
  const moment = new Date(now());
  for (const id of ["now", "clock-now"]) {
    byId(id).dateTime = moment.toISOString();
    setText(byId(id), id === "now" ? `${hours(moment)} UTC` : `${day(moment)} ${hours(moment)} UTC`);
  }
  const due = untilNext();
  const ahead = store.clock.aheadSeconds > 0.5 ? `${span(Math.round(store.clock.aheadSeconds))} ahead of the real time` : "real time";
  setText(byId("clock-note"), due === null ? ahead : `${ahead}, next timer in ${span(Math.ceil(due))}`);
  byId("advance-next").disabled = due === null;
}
