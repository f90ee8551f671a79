// Calling the app, speaking into the phone, and what phones do when the app calls them.

import { post, put } from "./api.js";
import { byId, el, act, announce, reconcile, setText } from "./dom.js";
import { nobody } from "./keypad.js";
import { onCall, show, side } from "./screen.js";
import { store, watch, changed, selectedCall, running } from "./store.js";
import { OUTCOMES } from "./wording.js";

const value = (id) => byId(id).value.trim();

export function startDialler() {
  startCalling();
  startSpeaking();
  startFarEnds();
}

function startCalling() {
  const form = byId("call-form");
  form.addEventListener("submit", act(form, async () => {
    const body = { from: value("call-from"), to: value("call-to"), toType: value("call-to-type"),
      domain: value("call-domain"), wait: false };
    if (value("call-user")) body.user = value("call-user");
    if (value("call-rdnis")) body.rdnis = value("call-rdnis");
    const { transcript, ...call } = await post("/calls", body);
    if (!store.calls.has(call.callId)) store.calls.set(call.callId, call);
    await show(call.callId);
  }));
}

function startSpeaking() {
  const form = byId("speak-form");
  form.addEventListener("submit", act(form, async () => {
    const text = byId("speak-text");
    if (!running(selectedCall())) return nobody();
    await onCall(store.selected, "speak", { text: text.value, side: side() });
    text.value = "";
  }));
}

function startFarEnds() {
  const form = byId("far-form");
  form.addEventListener("submit", act(form, async () => {
    store.farEnds = await put("/farends", { endpoint: value("far-endpoint") || null, outcome: value("far-outcome") });
    changed("farends");
    announce("Set.");
  }));
  watch(["farends"], () => {
    if (!store.farEnds) return;
    const all = [{ ...store.farEnds.default, endpoint: "Every other phone" }, ...store.farEnds.farEnds];
    reconcile(byId("far-list"), all, (item) => item.endpoint, () => el("li"), (node, item) =>
      setText(node, `${item.endpoint} ${OUTCOMES[item.outcome] ?? item.outcome}`));
  });
}
