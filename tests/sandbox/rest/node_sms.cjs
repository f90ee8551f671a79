// Drives the SMS part of the official Node SDK against the sandbox; test_official_sms.py runs it and reads
// the JSON that it prints. Argument: JSON with url, plan, token, secret, batch_id and callbacks.
const { SinchClient, SmsCallbackWebhooks } = require("@sinch/sdk-core");

const given = JSON.parse(process.argv[2]);
const [ada, bob, eve] = ["+46700000001", "+46700000002", "+46700000003"];
const areas = ["batches", "deliveryReports", "inbounds", "groups"];
const picture = { url: "https://example.com/cat.png", message: "A cat", subject: "Cats" };
const binary = { type: "mt_binary", body: "AP8=", udh: "06050423F423F4" };
const tomorrow = new Date(Date.now() + 86400000);
const called = new Set();

function client(changes = {}) {
  const { plan, token } = { ...given, ...changes };
  const sinch = new SinchClient({
    servicePlanId: plan,
    apiToken: token,
    smsRegion: "eu",
    smsHostname: given.url,
  });
  return sinch.sms;
}

function noted(area, name) {
  return new Proxy(area, {
    get(target, method) {
      if (typeof target[method] !== "function") return target[method];
      return (...args) => {
        called.add(`${name}.${String(method)}`);
        return target[method](...args);
      };
    },
  });
}

async function failing(promise) {
  try {
    await promise;
  } catch (error) {
    return { status: error.statusCode ?? null, body: error.data ?? String(error) };
  }
  return null;
}

async function every(list) {
  const found = [];
  for await (const each of list) found.push(each);
  return found;
}

async function run() {
  const sms = client();
  const [batches, reports, inbounds, groups] = areas.map((name) => noted(sms[name], name));
  const later = { to: [ada, bob], from: "Acme", send_at: tomorrow };
  const found = {};

  const text = await batches.send({
    sendSMSRequestBody: {
      to: [ada, bob],
      from: "Acme",
      body: "Hello ${name}, [it's] 5 €",
      parameters: { name: { [ada]: "Ada", default: "you" } },
      delivery_report: "per_recipient",
      callback_url: "https://example.com/sms",
      client_reference: "node-1",
      expire_at: tomorrow,
      feedback_enabled: true,
      flash_message: true,
      max_number_of_message_parts: 3,
      truncate_concat: true,
      from_ton: 5,
      from_npi: 0,
    },
  });
  const bytes = await batches.sendBinaryMessage({ sendSMSRequestBody: { ...later, ...binary } });
  const media = await batches.sendMediaMessage({
    sendSMSRequestBody: { ...later, type: "mt_media", body: picture, strict_validation: true },
  });
  const one = await batches.sendTextMessage({
    sendSMSRequestBody: { ...later, to: [eve], body: "Later" },
  });
  found.sent = [text, bytes, media, one];
  found.dates = found.sent.every((each) => each.created_at instanceof Date);
  await batches.sendDeliveryFeedback({
    batch_id: text.id,
    deliveryFeedbackRequestBody: { recipients: [ada] },
  });

  found.got = await batches.get({ batch_id: text.id });
  const ids = async (list) => (await every(list)).map((each) => each.id);
  found.referred = await ids(batches.list({ client_reference: "node-1" }));
  found.paged = await ids(batches.list({ page_size: 2, from: "Acme" }));
  found.none = await ids(batches.list({ start_date: new Date(Date.now() + 300000) }));

  found.counted = [];
  for (const body of [
    { to: [ada, bob], from: "Acme", body: "x".repeat(161) },
    { to: [ada], from: "Acme", body: "ж".repeat(71) },
  ]) {
    const listed = { per_recipient: true, number_of_recipients: 1 };
    found.counted.push(await batches.dryRun({ ...listed, dryRunRequestBody: body }));
  }

  found.updated = await batches.update({
    batch_id: one.id,
    updateBatchMessageRequestBody: { to_add: [ada], to_remove: [eve], body: "Sooner", from: "Other" },
  });
  found.replaced = await batches.replace({
    batch_id: one.id,
    replaceBatchMessageRequestBody: { ...later, to: [bob], body: "Anew" },
  });
  found.cancelled = await batches.cancel({ batch_id: one.id });

  const { batch_id } = given;
  found.summary = await reports.get({ batch_id });
  found.full = await reports.get({ batch_id, type: "full", status: ["Delivered"], code: [0] });
  found.of_one = await reports.getForNumber({ batch_id, recipient_msisdn: ada });
  found.reports = await every(reports.list({ client_reference: "ours", page_size: 1 }));

  found.arrived = await every(inbounds.list({ to: "46700000000", page_size: 1 }));
  found.arrived_again = await inbounds.get({ inbound_id: found.arrived[0].id });

  const group = await groups.create({
    createGroupRequestBody: {
      name: "friends",
      members: [ada, bob],
      auto_update: {
        to: "46700000000",
        add: { first_word: "JOIN" },
        remove: { first_word: "STOP" },
      },
    },
  });
  const other = await groups.create({
    createGroupRequestBody: { name: "others", members: [eve], child_groups: [group.id] },
  });
  const group_id = group.id;
  found.group = await groups.get({ group_id });
  found.groups = await ids(groups.list({ page_size: 1 }));
  found.members = await groups.listMembers({ group_id });
  found.changed = await groups.update({
    group_id,
    updateGroupRequestBody: { add: [eve], remove: [ada], name: "strangers" },
  });
  found.nameless = await groups.update({
    group_id,
    updateGroupRequestBody: { name: null, add: [ada] },
  });
  found.anew = await groups.replace({
    group_id,
    replaceGroupRequestBody: { name: "new", members: [eve] },
  });
  const to_group = { ...later, to: [group.id], body: "Hi" };
  found.to_group = await batches.sendTextMessage({ sendSMSRequestBody: to_group });
  await groups.delete({ group_id: other.id });
  found.ids = { text: text.id, one: one.id, group: group.id, other: other.id };

  const nobody = "01FC66621XXXXX119Z8PMV1QPQ";
  const send = (body) =>
    failing(sms.batches.send({ sendSMSRequestBody: { to: [ada], from: "Acme", body: "Hi", ...body } }));
  found.refused = {
    token: await failing(client({ token: "wrong" }).batches.get({ batch_id })),
    plan: await failing(client({ plan: "other" }).batches.get({ batch_id })),
    batch: await failing(sms.batches.get({ batch_id: nobody })),
    report: await failing(
      sms.deliveryReports.getForNumber({ batch_id, recipient_msisdn: "+46700000099" }),
    ),
    inbound: await failing(sms.inbounds.get({ inbound_id: nobody })),
    group: await failing(sms.groups.get({ group_id: other.id })),
    too_late: await failing(
      sms.batches.update({ batch_id, updateBatchMessageRequestBody: { body: "No" } }),
    ),
    no_url: await send({ delivery_report: "full" }),
    no_number: await send({ to: ["12"] }),
    no_group: await send({ to: [nobody] }),
    too_long: await send({ body: "x".repeat(2001) }),
    too_many: await send({ to: [...Array(1001)].map((_, n) => `+4670${1000000 + n}`) }),
  };

  const webhooks = new SmsCallbackWebhooks(given.secret);
  found.events = given.callbacks.map(({ headers, body }) => ({
    valid: webhooks.validateAuthenticationHeader(headers, body),
    forged: webhooks.validateAuthenticationHeader(headers, `${body} `),
    event: webhooks.parseEvent(JSON.parse(body)),
  }));
  const known = areas.flatMap((name) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(sms[name]))
      .filter((method) => method !== "constructor")
      .map((method) => `${name}.${method}`),
  );
  return { version: require("@sinch/sdk-core/package.json").version, known, called: [...called], found };
}

run().then(
  (found) => console.log(JSON.stringify(found)),
  (error) => {
    console.error(error.stack, JSON.stringify(error.data ?? null));
    process.exit(1);
  },
);
