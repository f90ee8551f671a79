// Drives the official Node SDK against the sandbox; test_node_sdk.py runs it and reads the JSON it prints.
// argv: sandbox URL, application key, application secret.
const { SinchClient, Verification, Voice } = require("@sinch/sdk-core");

const [url, applicationKey, applicationSecret] = process.argv.slice(2);
const sinch = new SinchClient({
  applicationKey,
  applicationSecret,
  verificationHostname: url,
  voiceHostname: url,
  voiceApplicationManagementHostname: url,
});
const start = Verification.startVerificationHelper;
const byId = Verification.reportVerificationByIdHelper;
const byNumber = Verification.reportVerificationByIdentityHelper;
const { verifications, verificationStatus } = sinch.verification;
const { callouts, calls, conferences, applications } = sinch.voice;
const number = "+46700000000";

async function peek(path, body) {
  const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  return (await fetch(`${url}/_sandbox/${path}`, options)).json();
}

async function failing(promise) {
  try {
    await promise;
  } catch (error) {
    return { status: error.statusCode, data: error.data };
  }
  return null;
}

const steps = {
  async sms() {
    const started = await verifications.startSms(
      start.buildSmsRequest(number, "node 1 ö", { locale: "sv-SE", codeType: "Alphanumeric" }),
    );
    const { code } = await peek(`verifications/${started.id}`);
    const wrong = await verifications.reportSmsById(byId.buildSmsRequest(started.id, "nope"));
    const right = await verifications.reportSmsByIdentity(byNumber.buildSmsRequest(number, code));
    const status = await verificationStatus.getById({ id: started.id });
    const sameByNumber = await verificationStatus.getByIdentity({ endpoint: number, method: "sms" });
    const sameByReference = await verificationStatus.getByReference({ reference: "node 1 ö" });
    return { started, wrong, right, status, sameByNumber, sameByReference };
  },
  async flashCall() {
    const started = await verifications.startFlashCall(
      start.buildFlashCallRequest(number, "node-2", 30, 45),
    );
    const { cli } = await peek(`verifications/${started.id}`);
    const report = await verifications.reportFlashCallByIdentity(
      byNumber.buildFlashCallRequest(number, cli),
    );
    return { started, report, matches: new RegExp(started.flashCall.cliFilter).test(cli) };
  },
  async phoneCall() {
    const started = await verifications.startPhoneCall(
      start.buildPhoneCallRequest(number, "node-3", "en-US"),
    );
    const { code } = await peek(`verifications/${started.id}`);
    const report = await verifications.reportPhoneCallById(
      byId.buildPhoneCallRequest(started.id, code),
    );
    const status = await verificationStatus.getByIdentity({ endpoint: number, method: "callout" });
    return { started, report, status };
  },
  async data() {
    const started = await verifications.startData(start.buildDataRequest(number, "node-4"));
    const followed = (await fetch(started.seamless.targetUri)).status;
    return { followed, status: await verificationStatus.getById({ id: started.id }) };
  },
  async tts() {
    const { callId } = await callouts.tts({
      ttsCalloutRequestBody: {
        method: "ttsCallout",
        ttsCallout: {
          cli: "+46700000001",
          destination: { type: "number", endpoint: number },
          locale: "en-US",
          text: "Hello",
          custom: "mine",
        },
      },
    });
    const running = await calls.get({ callId });
    const svaml = { action: Voice.svamlActionHelper.buildHangup() };
    await calls.update({ callId, updateCallRequestBody: svaml });
    const over = await calls.get({ callId });
    return { running, over, isDate: over.timestamp instanceof Date };
  },
  async custom() {
    const ice = Voice.customCalloutHelper.formatIceResponse(
      Voice.iceActionHelper.connectPstn({ number, cli: "+46700000001" }),
      Voice.iceInstructionHelper.say("Hello"),
    );
    return callouts.custom({
      customCalloutRequestBody: { method: "customCallout", customCallout: { ice } },
    });
  },
  async conference() {
    const { callId } = await callouts.conference({
      conferenceCalloutRequestBody: {
        method: "conferenceCallout",
        conferenceCallout: {
          destination: { type: "number", endpoint: number },
          conferenceId: "my room",
          cli: "+46700000001",
          greeting: "Welcome",
        },
      },
    });
    await peek(`calls/${callId}/answer`, {});
    const other = await peek("conferences/my%20room", { cli: "+46700000002" });
    const where = { conferenceId: "my room" };
    const manage = (command, moh) =>
      conferences.manageParticipant({
        ...where,
        callId,
        manageParticipantRequestBody: { command, moh },
      });
    const full = await conferences.get(where);
    await manage("mute");
    await manage("onhold", "music1");
    const held = await conferences.get(where);
    await manage("unmute");
    await manage("resume");
    const free = await conferences.get(where);
    await conferences.kickParticipant({ ...where, callId: other.callId });
    const alone = await conferences.get(where);
    await conferences.kickAll(where);
    return { callId, full, held, free, alone, gone: await failing(conferences.get(where)) };
  },
  async applications() {
    const before = await applications.listNumbers();
    const numbers = [before.numbers[0].number];
    await applications.unassignNumber({
      unassignNumbersRequestBody: { number: numbers[0], applicationkey: applicationKey },
    });
    const free = await applications.listNumbers();
    await applications.assignNumbers({
      assignNumbersRequestBody: { numbers, applicationkey: applicationKey, capability: "voice" },
    });
    const back = await applications.listNumbers();
    await applications.updateCallbackURLs({
      applicationkey: applicationKey,
      updateCallbacksRequestBody: { url: { primary: "https://example.com/voice" } },
    });
    const callbacks = await applications.getCallbackURLs({ applicationkey: applicationKey });
    const queried = await applications.queryNumber({ number: "+46 73 017 0101" });
    return { before, free, back, callbacks, queried };
  },
};

(async () => {
  const results = {};
  for (const [name, step] of Object.entries(steps)) {
    try {
      results[name] = await step();
    } catch (error) {
      results[name] = { failure: `${error.stack}\n${JSON.stringify(error.data ?? null)}` };
    }
  }
  console.log(JSON.stringify(results));
})();
