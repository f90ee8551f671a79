// Starts the page: every part draws itself from the store, which follows the sandbox.

import { byId, calm, setText } from "./dom.js";
import { connect } from "./feed.js";
import { store, watch } from "./store.js";
import { startApp } from "./app.js";
import { startCalls } from "./calls.js";
import { startClock } from "./clock.js";
import { startConversations } from "./conversations.js";
import { startDialler } from "./dialler.js";
import { startExchange } from "./exchange.js";
import { startFaults } from "./faults.js";
import { startMap } from "./map.js";
import { startKeypad } from "./keypad.js";
import { startScreen } from "./screen.js";
import { startTraffic } from "./traffic.js";
import { startTranscript } from "./transcript.js";
import { startTrigger } from "./trigger.js";
import { startVerifications } from "./verifications.js";
import { startViews } from "./views.js";

const LINK = { live: "Live", waiting: "Reconnecting…", offline: "Offline" };

for (const start of [startViews, startTranscript, startScreen, startKeypad, startDialler, startCalls, startMap,
  startConversations, startVerifications, startTraffic, startExchange, startTrigger, startClock, startFaults, startApp]) start();

byId("notice-close").addEventListener("click", () => { calm(); byId("main").focus(); });
watch(["link"], () => {
  byId("link-state").dataset.state = store.link;
  document.body.dataset.link = store.link;
  setText(byId("link-text"), LINK[store.link]);
});
watch(["hello"], () => {
  const own = store.numbers;
  byId("own-numbers").replaceChildren(...own.map((number) => new Option(number, number)));
  for (const id of ["call-to", "sms-to"]) if (!byId(id).value && own.length) byId(id).value = own[0];
});
connect();
