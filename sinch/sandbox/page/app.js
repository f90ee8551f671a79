// The application: its key, where its callbacks go, and forgetting everything.

import { post, put } from "./api.js";
import { byId, el, act, announce, setText } from "./dom.js";
import { store, watch, changed } from "./store.js";

export function startApp() {
  startUrls();
  startReset();
  watch(["hello"], () => {
    setText(byId("base-url"), store.hello.url ?? "–");
    setText(byId("app-key"), store.hello.applicationKey ?? "–");
    setText(byId("service-plan"), store.hello.servicePlanId ?? "–");
  });
}

function startUrls() {
  const form = byId("urls-form");
  const fields = ["primary", "fallback", "verification", "sms", "messages"].map((name) => byId(`url-${name}`));
  form.addEventListener("submit", act(form, async () => {
    const [primary, fallback, verification, sms, messages] = fields.map((field) => field.value.trim() || null);
    store.callbacks = await put("/callbacks", { voice: { primary, fallback }, verification, sms, messages });
    changed("callbacks");
    announce("Callback URLs saved.");
  }));
  watch(["callbacks"], () => {
    const { voice, verification, sms, messages, warnings = [] } = store.callbacks ?? {};
    byId("url-warnings").replaceChildren(...warnings.map((text) => el("li", {}, text)));
    byId("url-warnings").hidden = warnings.length === 0;
    const values = [voice?.primary, voice?.fallback, verification, sms, messages];
    fields.forEach((field, at) => { if (field !== document.activeElement) field.value = values[at] ?? ""; });
    changed("messages");
  });
}

function startReset() {
  const dialog = byId("reset-dialog");
  byId("reset").addEventListener("click", () => dialog.showModal());
  byId("reset-no").addEventListener("click", () => dialog.close());
  const yes = byId("reset-yes");
  yes.addEventListener("click", act(yes, async () => {
    dialog.close();
    await post("/reset");
    announce("Everything is forgotten.");
  }));
}
