// Starts the page: every part draws itself from the store, which follows the sandbox.

import { byId, calm, setText } from "./dom.js";
import { connect, store, watch } from "./store.js";
import { startCalls } from "./calls.js";
import { startControls } from "./controls.js";
import { startDialler } from "./dialler.js";
import { startMessages } from "./messages.js";
import { startTranscript } from "./transcript.js";

const LINK = { live: "Live", waiting: "Reconnecting…", offline: "Offline" };

startTranscript();
startDialler();
startCalls();
startMessages();
startControls();

byId("notice-close").addEventListener("click", () => { calm(); byId("phone").focus(); });
watch(["link"], () => {
  byId("link-state").dataset.state = store.link;
  setText(byId("link-text"), LINK[store.link]);
});
watch(["hello"], () => {
  const own = store.numbers;
  byId("own-numbers").replaceChildren(...own.map((number) => new Option(number, number)));
  for (const id of ["call-to", "sms-to"]) if (!byId(id).value && own.length) byId(id).value = own[0];
});
connect();
