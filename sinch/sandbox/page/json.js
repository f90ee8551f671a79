// JSON to read: coloured as text nodes, and lines that open to it.

import { el } from "./dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*/g;

export const pretty = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

export function jsonBlock(value, label) {
  const text = pretty(value);
  const pre = el("pre", { tabindex: 0, role: "group", "aria-label": label });
  let end = 0;
  for (const found of text.matchAll(TOKEN)) {
    const kind = found[2] ? "j-key" : found[1] ? "j-text" : "j-value";
    const shown = found[1] || found[0];
    pre.append(text.slice(end, found.index), el("span", { class: kind }, shown));
    end = found.index + shown.length;
  }
  pre.append(text.slice(end));
  return pre;
}

// A line that opens to JSON, built when it is first opened.
export function fold(summary, label, value) {
  const box = el("details", { class: "fold" }, el("summary", {}, ...summary));
  box.addEventListener("toggle", () => {
    if (box.open && !box.querySelector("pre")) box.append(jsonBlock(value, label));
  });
  return box;
}
