// What the page knows of the sandbox: read anew whenever the stream of events says that something has changed.

import { actAs, control, sandboxName } from "./api.js";
import { watch } from "./events.js";
import { batch, computed, signal } from "./view.js";
import { seconds } from "./words.js";

/** The tenant as the page shows it, or null before it was read: see `pictured`. */
export const tenant = signal(null);
export const clock = signal(null);
export const settings = signal({});
export const faults = signal([]);
export const snapshots = signal([]);
export const sandboxes = signal([]);
export const fixtures = signal([]);
/** The chapters of the guided demo, none where no demo runs, and since when the mock runs that tells them. */
export const story = signal({ chapters: [], since: 0 });
/** What went wrong when the page last read; empty where nothing did. */
export const trouble = signal("");
/** What was added, moved or changed its status in the last moment, by id. */
export const changed = signal(new Set());
/** Counts up with every request that the journal records, so that the log knows to read on. */
export const journalled = signal(0);

/** The sandbox's time in milliseconds, going on where its clock does. */
export const now = signal(Date.now());

export const title = computed(() => tenant.value?.about.displayName ?? sandboxName);

const READERS = {
  tenant: readTenant,
  clock: async () => {
    const said = await control("GET", "clock");
    clock.value = { mode: said.mode, at: Date.parse(said.now), read: Date.now() };
    tick();
  },
  faults: async () => (faults.value = (await control("GET", "faults")).value),
  snapshots: async () => (snapshots.value = (await control("GET", "snapshots")).value),
  sandboxes: async () => (sandboxes.value = (await control("GET", "sandboxes")).value),
  settings: async () => (settings.value = await control("GET", "settings")),
  fixtures: async () => (fixtures.value = (await control("GET", "fixtures")).value),
  story: async () => {
    const [{ chapters }, { uptimeSeconds }] = await Promise.all([control("GET", "story"), control("GET", "health")]);
    story.value = { chapters, since: Date.now() - 1000 * uptimeSeconds };
  },
  journal: async () => void (journalled.value += 1),
};

const wanted = new Set();
let reading = null;

/** Read these parts again; what is asked for while the page reads is read after that, once. */
export function refresh(...parts) {
  for (const part of parts.length ? parts : Object.keys(READERS)) if (part in READERS) wanted.add(part);
  reading ??= readAll().finally(() => (reading = null));
  return reading;
}

async function readAll() {
  while (wanted.size) {
    const parts = [...wanted];
    wanted.clear();
    const began = performance.now();
    const failed = (await Promise.allSettled(parts.map((part) => READERS[part]()))).find((each) => each.status === "rejected");
    trouble.value = failed ? failed.reason.message : "";
    // A tenant of ten thousand connectors takes a while to write: tools are not to wait for a page that only looks on.
    if (wanted.size) await pause(3 * (performance.now() - began));
  }
}

const pause = (milliseconds) => new Promise((go) => setTimeout(go, Math.min(milliseconds, 5000)));

async function readTenant() {
  // The document tells since how long there was no heartbeat, so the time has to be that of the document.
  const [document, report] = await Promise.all([control("GET", "tenant"), control("GET", "report"), READERS.clock()]);
  actAs(`admin@${document.tenant.defaultDomain}`);
  const before = tenant.peek();
  const made = pictured(document, report.connectorGroups);
  batch(() => {
    tenant.value = made;
    if (before?.about.id === made.about.id) flash(differing(before, made));
  });
}

const stateOf = (each) => [each.group.id, each.status, each.stopped].join();
const all = (picture) => [...picture.connectors, ...picture.applications];

function differing(before, after) {
  const known = new Map(all(before).map((each) => [each.id, stateOf(each)]));
  return new Set(all(after).filter((each) => known.get(each.id) !== stateOf(each)).map((each) => each.id));
}

function flash(ids) {
  if (!ids.size) return;
  changed.value = ids;
  setTimeout(() => changed.peek() === ids && (changed.value = new Set()), 2500);
}

/**
 * The tenant document and the report as one: every group with its connectors, applications and warnings.
 * Status, warnings and who is where come from the report; the page knows no rule of the service.
 */
export function pictured(document, reported) {
  const details = new Map((document.connectors ?? []).map((each) => [each.id, each]));
  const published = new Map((document.applications ?? []).map((each) => [each.id, each]));
  const groups = reported.map((group) => pictureOfGroup(group, details, published));
  return {
    about: document.tenant,
    groups,
    people: peopleOf(document),
    connectors: groups.flatMap((group) => group.connectors),
    applications: groups.flatMap((group) => group.applications),
    warnings: groups.flatMap((group) => group.warnings),
  };
}

function pictureOfGroup(group, details, published) {
  const made = { ...group, id: group.connectorGroupId, idle: group.isDefault && !group.applications.length };
  const states = [
    ...group.activeConnectors.map((each) => [each, "active"]),
    ...group.inactiveConnectors.map((each) => [each, "inactive"]),
  ];
  made.connectors = states.map(([each, status]) => connectorOf(each, status, details.get(each.connectorId) ?? {}, made));
  made.connectors.sort((a, b) => a.machineName.localeCompare(b.machineName));
  made.applications = group.applications.map((each) => {
    const said = published.get(each.applicationId) ?? {};
    return { ...said, id: each.applicationId, displayName: each.displayName ?? "", assignedTo: (said.assignedTo ?? []).map((each) => each.to ?? each), group: made };
  });
  return made;
}

function connectorOf(reported, status, detail, group) {
  const silent = seconds(detail.lastHeartbeat);
  return {
    id: reported.connectorId,
    machineName: reported.machineName ?? "",
    version: reported.version ?? "",
    externalIp: detail.externalIp ?? "",
    status,
    updating: reported.isUpdating,
    stopped: detail.stopped ?? status === "inactive",
    silent,
    heard: now.peek() - silent * 1000,
    removedAt: reported.removedAt && Date.parse(reported.removedAt),
    group,
  };
}

function peopleOf(document) {
  const named = new Map((document.users ?? []).map((user) => [user.userPrincipalName, user.displayName ?? user.userPrincipalName]));
  const groups = (document.groups ?? []).map((group) => ({
    id: group.id,
    name: group.displayName,
    kind: "group",
    members: (group.members ?? []).map((name) => named.get(name) ?? name),
  }));
  const users = (document.users ?? []).map((user) => ({
    id: user.id,
    name: user.userPrincipalName,
    shown: user.displayName ?? user.userPrincipalName,
    kind: "user",
    members: [],
  }));
  return [...groups, ...users];
}

function tick() {
  const { mode, at, read } = clock.value ?? { mode: "live", at: Date.now(), read: Date.now() };
  now.value = mode === "frozen" ? at : at + Date.now() - read;
}

/** Begin to show the sandbox, and keep showing it. */
export function begin() {
  // The story first: it decides which place the page opens at.
  refresh("clock", "story").then(() => refresh());
  setInterval(tick, 1000);
  watch(refresh);
}
