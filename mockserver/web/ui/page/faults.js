// Faults: answers that are ordered to fail, to come late or not at all; throttling and lag.

import { control } from "./api.js";
import { given } from "./actions.js";
import { html, view } from "./view.js";
import { attempt } from "./news.js";
import { Icon } from "./icons.js";
import { Field, Form, openPanel } from "./panel.js";
import { faults, refresh } from "./tenant.js";
import { count } from "./words.js";

const READY = [
  ["Service unavailable", "Every request: 503, come back after 2 seconds.", { status: 503, retryAfter: 2 }],
  ["Too many requests", "Every second request or so: 429.", { status: 429, retryAfter: 5, probability: 0.5 }],
  ["Slow answers", "Every answer comes 2 seconds late.", { delay: "PT2S" }],
  ["Writes fail", "Every move of a connector: 500.", { match: { path: "*/memberOf/$ref" }, status: 500 }],
  ["Lost connection", "The next 3 requests get no answer.", { drop: true, times: 3 }],
];

const add = async (fault) => {
  const made = await control("POST", "faults", fault);
  refresh("faults");
  return made;
};

const drop = (path, done) =>
  attempt(done, async () => {
    await control("DELETE", path);
    refresh("faults");
  });

export const Faults = view(() => html`
  <div class="title-row"><h1 tabindex="-1">Faults</h1><p class="muted" role="status">${faults.value.length ? count(faults.value.length, "fault") : "All off"}</p></div>
  <p class="lead">What callers of the Graph meet, and no other part of the mock. The first one that matches strikes.</p>
  <div class="commands" role="group" aria-label="Commands">
    <button onClick=${newFault}><${Icon} name="add" />New fault</button>
    <button onClick=${throttle}><${Icon} name="clock" />Throttling</button>
    <button onClick=${lag}><${Icon} name="refresh" />Lag</button>
    <button disabled=${!faults.value.length} onClick=${() => drop("faults", "All faults are off.")}><${Icon} name="trash" />All off</button>
  </div>
  <h2>Ready-made</h2>
  <ul class="cards">${READY.map(([title, text, fault]) => html`<li class="card"><h3>${title}</h3><p>${text}</p>
    <button onClick=${() => attempt(`${title}: on.`, () => add(fault))}>Switch on<span class="unseen"> ${title}</span></button></li>`)}</ul>
  <h2>On now</h2>
  ${faults.value.length ? html`<ul class="cards">${faults.value.map((fault) => html`<${Fault} key=${fault.id} fault=${fault} />`)}</ul>` : html`<p class="empty">No fault is on.</p>`}
`);

const Fault = ({ fault }) => html`<li class="card on">
  <h3>${effectOf(fault)}</h3>
  <p>${matchOf(fault)}</p>
  <p class="muted">${fault.id} · matched ${fault.matched ?? 0}, struck ${fault.struck ?? 0}${fault.times ? ` of at most ${fault.times}` : ""}</p>
  <button onClick=${() => drop(`faults/${encodeURIComponent(fault.id)}`, "The fault is off.")}>Switch off<span class="unseen"> ${effectOf(fault)}</span></button>
</li>`;

const effectOf = (fault) =>
  [
    fault.delay && `delay of ${fault.delay.replace(/^PT/, "").toLowerCase()}`,
    fault.status && `${fault.status} ${fault.code ?? ""}`.trim(),
    fault.drop && "no answer",
    fault.truncate && "half an answer",
  ].filter(Boolean).join(", ");

function matchOf({ match = {}, probability }) {
  const said = [match.method, match.path, match.operation, match.nth && `number ${match.nth}`].filter(Boolean).join(" ");
  const often = probability !== undefined && probability < 1 ? `, ${Math.round(probability * 100)} % of them` : "";
  return `${said || "Every request"}${often}`;
}

function newFault() {
  openPanel({
    title: "New fault",
    subtitle: "What is left out matches every request.",
    body: () => html`<${Form} button="Switch on" done="The fault is on." act=${(said) => add(faultOf(given(said)))}>
      <${Field} label="Method" name="method" options=${["", "GET", "POST", "PATCH", "PUT", "DELETE"].map((each) => [each, each || "Any"])} />
      <${Field} label="Path" name="path" placeholder="/beta/*/connectorGroups*" hint="* stands for any text." />
      <${Field} label="Status" name="status" type="number" min="400" max="599" placeholder="503" />
      <${Field} label="Code" name="code" placeholder="serviceNotAvailable" />
      <${Field} label="Retry after (seconds)" name="retryAfter" type="number" min="0" />
      <${Field} label="Delay (seconds)" name="delay" type="number" min="0" step="0.1" />
      <${Field} label="How often at most" name="times" type="number" min="1" />
      <${Field} label="Probability (percent)" name="probability" type="number" min="1" max="100" />
      <${Field} label="Connection" name="connection" options=${[["", "Answer"], ["drop", "Close it without an answer"], ["truncate", "Close it in the middle of the answer"]]} />
    <//>`,
  });
}

/** What the form says, as the control API wants it. */
function faultOf({ method, path, connection, delay, probability, status, retryAfter, times, code }) {
  const match = given({ method: method ?? "", path: path ?? "" });
  const made = { status, retryAfter, times };
  for (const name of Object.keys(made)) made[name] = made[name] === undefined ? "" : Number(made[name]);
  return given({
    ...made,
    match: Object.keys(match).length ? match : "",
    code: code ?? "",
    delay: delay ? `PT${Number(delay)}S` : "",
    probability: probability ? Number(probability) / 100 : "",
    drop: connection === "drop" || "",
    truncate: connection === "truncate" || "",
  });
}

const throttle = () =>
  openPanel({
    title: "Throttling",
    subtitle: "So many Graph requests of a program in each window, then 429. Left empty: all are let in.",
    body: () => html`<${Form} button="Save" done="Throttling is set." act=${({ requests, per }) => control("PUT", "throttle", requests ? { requests: Number(requests), per: `PT${per || 10}S` } : null)}>
      <${Field} label="Requests" name="requests" type="number" min="0" autofocus />
      <${Field} label="Window (seconds)" name="per" type="number" min="1" placeholder="10" />
    <//>`,
  });

const lag = () =>
  openPanel({
    title: "Lag",
    subtitle: "Reads that still show the tenant as it was before a change. Left empty: every change is seen at once.",
    body: () => html`<${Form} button="Save" done="Lag is set." act=${({ reads, seconds }) => control("PUT", "lag", reads ? { reads: Number(reads) } : seconds ? { for: `PT${seconds}S` } : null)}>
      <${Field} label="Reads" name="reads" type="number" min="0" autofocus />
      <${Field} label="Or seconds" name="seconds" type="number" min="0" />
    <//>`,
  });
