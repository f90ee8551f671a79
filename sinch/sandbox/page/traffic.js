// Callbacks and API requests.

import { byId, el, reconcile, setText } from "./dom.js";
import { clockTime } from "./format.js";
import { fold } from "./json.js";
import { store, watch } from "./store.js";

export function startTraffic() {
  watch(["traffic"], drawTraffic);
}

function drawTraffic() {
  setText(byId("count-traffic"), store.traffic.length ? `${store.traffic.length}` : "");
  reconcile(byId("exchanges"), store.traffic, (item) => item.key, makeTraffic, () => {});
}

function makeTraffic(item) {
  const callback = item.way === "callback";
  const what = callback ? `${item.event} → app` : `${item.method} ${item.path}`;
  const result = item.problem ?? `${item.status ?? "no answer"}`;
  const faults = item.faults?.length ? ` (${item.faults.join(", ")})` : "";
  const line = [el("time", { datetime: item.timestamp }, clockTime(item.timestamp)),
    el("span", { class: "what" }, `${what}: ${result}${faults}`)];
  const { key, way, ...shown } = item;
  return el("li", {}, fold(line, `${what} as JSON`, shown));
}
