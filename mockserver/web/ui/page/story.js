// The guided demo: the chapter that this sandbox is for, which of its steps were done, and what came of them.

import { addressOf, control, either, sandboxName } from "./api.js";
import { activity, tell } from "./news.js";
import { refresh, story } from "./tenant.js";
import { showTraffic, traffic } from "./traffic.js";
import { batch, computed, kept, signal } from "./view.js";

export const chapters = computed(() => story.value.chapters);
const at = computed(() => chapters.value.findIndex((each) => each.sandbox === sandboxName));

/** The chapter of this sandbox with its number, and those before and after it; null where it has none. */
export const chapter = computed(() => {
  const [before, here, after] = [-1, 0, 1].map((by) => chapters.value[at.value + by]);
  return at.value < 0 ? null : { ...here, number: at.value + 1, before, after };
});

/** The page of a sandbox, where its story is told or else its tenant shown. */
export const pageOf = (name) => `${addressOf(name)}#${chapters.value.some((each) => each.sandbox === name) ? "demo" : "overview"}`;

/** Kept while one looks at other chapters; a mock that was started anew since then knows nothing of it. */
const marks = kept(`mockserver.story.${sandboxName}`, "");
const SLACK = 5000;

/** What came of each step that was done, in order: `{ status, code, message, text, lacks }`. */
export const outcomes = computed(() => {
  const { since, done } = marks.value ? JSON.parse(marks.value) : { since: 0, done: [] };
  return Math.abs(since - story.value.since) < SLACK ? done : [];
});
/** What came of the next step where that was not what its story tells; else null. */
export const failure = signal(null);
/** What a screen reader says of the last step. */
export const said = signal("");
let busy = false;

/** Do the next step as a tool would. Answers whether there is another one to do. */
export async function doNext() {
  if (busy) return false;
  busy = true;
  const done = outcomes.peek();
  const step = chapter.peek().steps[done.length];
  const outcome = await outcomeOf(step).finally(() => (busy = false));
  const failed = outcome.status !== step.status;
  batch(() => {
    failure.value = failed ? outcome : null;
    if (!failed) marks.value = JSON.stringify({ since: story.peek().since, done: [...done, outcome] });
    said.value = `Step ${done.length + 1}: ${failed ? failureText(step, outcome) : seen(step, outcome)}`;
    follow(step, outcome);
  });
  return !failed;
}

async function outcomeOf({ method, path, body, answer }) {
  try {
    const came = await either(method, path, body ?? undefined);
    const { code = "", message = "" } = came.body?.error ?? {};
    return { status: came.status, code, message, text: came.text, lacks: !holds(answer ?? {}, came.body ?? {}) };
  } catch (refused) {
    if (!("status" in refused)) throw refused;
    return { status: refused.status, code: refused.code, message: refused.message, text: "", lacks: true };
  }
}

/** Whether an answer has what a step tells of it: members that are there, lists from first to last. */
function holds(told, got) {
  if (Array.isArray(told)) return told.length === got?.length && told.every((each, at) => holds(each, got[at]));
  if (told && typeof told === "object") return Boolean(got) && Object.entries(told).every(([name, each]) => holds(each, got[name]));
  return told === got;
}

export const failureText = (step, { status, code, message }) =>
  `${status ? `Answered ${status} instead of ${step.status}.` : "Not done."} ${code ? `${code}: ` : ""}${message}`;

/** What there is to see of a step that was done, or that it is not there to see. */
export const seen = (step, outcome) => (outcome.lacks ? "The answer is not the one that this step tells of: the sandbox was changed before." : step.see);

/** Let the picture show what the step has done; what it showed of the step before is over. */
function follow({ path, body }, { status, text }) {
  traffic.value = null;
  const answer = status === 200 && text ? JSON.parse(text) : null;
  if (answer && path === "/_mock/traffic") showTraffic(body.applicationId, answer);
  if (answer && path === "/_mock/clock/advance") tell(answer.events);
  refresh("tenant", "clock", "journal").then(() => requestAnimationFrame(intoView));
}

/** What the step has changed on the picture, where one would have to look for it. */
function intoView() {
  const marked = traffic.peek() ? [".share", ".routed"] : [".fresh"];
  const found = marked.map((each) => document.querySelector(`.stage ${each}`)).find(Boolean);
  found?.scrollIntoView({ block: "nearest" });
}

/** The sandbox becomes what it was seeded as, and none of its steps was done. Throws Refused. */
export async function resetSandbox() {
  await control("POST", "reset");
  batch(() => {
    marks.value = "";
    failure.value = null;
    traffic.value = null;
    activity.value = [];
  });
  refresh();
}
