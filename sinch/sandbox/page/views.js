// Three views, one at a time. An address like #faults opens the view that part is in, and goes there.

import { byId } from "./dom.js";

const FIRST = "phone";
const views = () => [...document.querySelectorAll(".view")];
const nameOf = (view) => view.id.replace("view-", "");

export const currentView = () => nameOf(views().find((view) => !view.hidden));

export function openView(name) {
  for (const view of views()) view.hidden = nameOf(view) !== name;
  for (const link of document.querySelectorAll("[data-view]")) {
    if (link.dataset.view === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

// Goes to a part of the page, wherever it is.
export function goTo(id) {
  const part = byId(id);
  const view = part?.closest(".view");
  if (!part) return;
  if (view) openView(nameOf(view));
  part.focus();
  if (id === nameOf(view ?? part)) scrollTo(0, 0);
  else part.scrollIntoView({ block: "start" });
}

const wanted = () => decodeURIComponent(location.hash.slice(1));

export function startViews() {
  openView(byId(wanted())?.closest(".view") ? nameOf(byId(wanted()).closest(".view")) : FIRST);
  addEventListener("hashchange", () => goTo(wanted() || FIRST));
  // a second click on the same link changes no address
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || link.hash !== location.hash) return;
    event.preventDefault();
    goTo(wanted());
  });
  if (location.hash) goTo(wanted());
}
