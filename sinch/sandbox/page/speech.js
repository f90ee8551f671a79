// Reads prompts of the selected call aloud, where the browser has a voice.

import { byId } from "./dom.js";
import { store, onNews } from "./store.js";

export function startSpeech() {
  const toggle = byId("speak-prompts");
  const voice = window.speechSynthesis;
  if (!voice) {
    byId("speak-label").hidden = true;
    return;
  }
  toggle.addEventListener("change", () => { if (!toggle.checked) voice.cancel(); });
  onNews("entry", (callId, entry) => {
    if (!toggle.checked || callId !== store.selected) return;
    if (entry.kind === "pressed" || entry.kind === "ended") voice.cancel();
    if (entry.kind !== "heard" || entry.side === "far") return;
    if (entry.source !== "tts" && entry.source !== "ssml") return;
    const words = new SpeechSynthesisUtterance(entry.words.replace(/<[^>]*>/g, " "));
    if (entry.locale) words.lang = entry.locale;
    voice.speak(words);
  });
}
