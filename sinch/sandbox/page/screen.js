// The phone's screen: the call that is selected, and what can be done with it.

import { post, callPath } from "./api.js";
import { byId, act, announce, setText, tags } from "./dom.js";
import { select } from "./feed.js";
import { span } from "./format.js";
import { store, watch, onNews, selectedCall, running, ringing } from "./store.js";
import { goTo } from "./views.js";
import { detail, endpoint, lastHeard, parties, seconds, stateText, tagsOf } from "./wording.js";

const VOICEMAIL = { status: "machine", reason: "longgreeting", analysis: 3, beepAfter: 5 };

export const side = () => (byId("sides").hidden ? "party" : document.querySelector("[name=side]:checked").value);
export const onCall = (id, what, body = {}) => post(callPath(id, what), { ...body, wait: false });

export async function show(id) {
  goTo("phone");
  byId("screen").focus();
  await select(id);
}

export function startScreen() {
  const whileRunning = (id, run) => {
    const button = byId(id);
    button.addEventListener("click", act(button, async () => {
      const call = selectedCall();
      if (running(call)) await run(call);
      // the button is about to go away
      byId("screen").focus();
    }));
  };
  whileRunning("answer", (call) => onCall(call.callId, "answer"));
  whileRunning("answer-machine", (call) => onCall(call.callId, "answer", { machine: VOICEMAIL }));
  whileRunning("reject", (call) => onCall(call.callId, "reject", { result: byId("reject-as").value }));
  whileRunning("hang-up", (call) => onCall(call.callId, "hangup", { side: side() }));
  watch(["calls", "selected", "transcript"], draw);
  setInterval(drawTime, 500);
  onNews("call", tell);
}

let wasLive = false;

function draw() {
  const call = selectedCall();
  const live = running(call);
  byId("screen").dataset.state = call ? call.state : "none";
  setText(byId("screen-state"), call ? stateText(call) : "No call");
  setText(byId("screen-title"), call ? parties(call) : "Nobody is on the line");
  setText(byId("screen-detail"), detail(call));
  const talks = call && (call.state === "connected" || call.state === "conference");
  const heard = live && !talks ? lastHeard(call.callId) : "";
  setText(byId("screen-heard"), heard);
  byId("screen-heard").hidden = heard === "";
  tags(byId("screen-tags"), call ? tagsOf(call) : []);
  byId("ring-actions").hidden = !ringing(call);
  byId("hang-up").hidden = !live;
  drawSides(call, live);
  // while a call goes on its keys come first, and the form for another one folds away
  if (live !== wasLive) byId("dial").open = !live;
  wasLive = live;
  drawTime();
}

function drawSides(call, live) {
  const two = live && call.far && call.far.state !== "gone";
  byId("sides").hidden = !two;
  if (two) {
    setText(byId("side-party"), `${endpoint(call.party.identity)} (${call.party.role})`);
    setText(byId("side-far"), `${endpoint(call.far.identity)} (${call.far.role})`);
  } else document.querySelector("[name=side][value=party]").checked = true;
}

function drawTime() {
  const call = selectedCall();
  setText(byId("screen-time"), call ? span(seconds(call)) : "");
}

// The transcript speaks for the call on the screen; here the others, and calls the app makes.
function tell(call, old) {
  if (!old && !running(selectedCall())) {
    select(call.callId);
    if (call.kind !== "inbound") announce(`The app calls ${endpoint(call.to)}.`);
  } else if (call.callId !== store.selected && ringing(call) && !ringing(old)) {
    announce(`${endpoint((call.far ?? call.party).identity)} rings.`);
  }
}
