// The request log: what tools have asked of the Graph, newest first, each entry to be opened.

import { control, here } from "./api.js";
import { html, signal, view, effect, batch, untracked } from "./view.js";
import { attempt, sayRefused } from "./news.js";
import { Icon } from "./icons.js";
import { openPanel } from "./panel.js";
import { journalled } from "./tenant.js";
import { tryInConsole } from "./console.js";
import { amount, curl } from "./words.js";

const MOST = 500;
const SHOWN = 100;
const entries = signal([]);
const dropped = signal(0);
const wanted = signal({});
const paused = signal(false);
const shown = signal(SHOWN);

let read = 0;
let reading = null;
let again = false;

/** Read what has come since; all of it where the filters have changed. */
async function readOn(anew) {
  if (anew) read = 0;
  if (reading) return void (again = true);
  again = false;
  const filters = Object.entries(wanted.peek()).filter(([, value]) => value);
  const query = new URLSearchParams([...filters, ["since", read]]);
  reading = control("GET", `requests?${query}`);
  try {
    const answer = await reading;
    const fresh = answer.value.reverse();
    // The journal was cleared, or the sandbox reset: numbers have begun again.
    const restarted = answer.recorded < read;
    batch(() => {
      entries.value = (read && !restarted ? [...fresh, ...entries.peek()] : fresh).slice(0, MOST);
      dropped.value = answer.dropped;
    });
    read = restarted ? 0 : Math.max(read, answer.recorded);
    if (restarted) again = true;
  } catch (refused) {
    if (!("status" in refused)) throw refused;
    sayRefused(refused);
  } finally {
    reading = null;
    if (again) readOn(!read);
  }
}

const set = (name) => (event) => {
  wanted.value = { ...wanted.value, [name]: event.target.value.trim() };
  readOn(true);
};

export function followLog() {
  return effect(() => void (journalled.value, paused.value || untracked(() => readOn(false))));
}

const clear = () =>
  attempt("The request log is empty.", async () => {
    await control("DELETE", "requests");
    entries.value = [];
  });

const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"];
const STATUSES = [["2xx", "Success"], ["4xx", "Refused"], ["5xx", "Failed"], ["400", "400"], ["401", "401"], ["403", "403"], ["404", "404"], ["429", "429"], ["503", "503"]];

export const Log = view(() => html`
  <div class="title-row"><h1 tabindex="-1">Request log</h1><p class="muted" role="status">${amount(entries.value.length)} shown${dropped.value ? `; ${amount(dropped.value)} older ones are no longer kept` : ""}</p></div>
  <div class="commands" role="group" aria-label="Commands">
    <button aria-pressed=${paused.value} onClick=${() => (paused.value = !paused.value)}><${Icon} name=${paused.value ? "play" : "stop"} />${paused.value ? "Follow" : "Pause"}</button>
    <button onClick=${clear}><${Icon} name="trash" />Clear</button>
  </div>
  <form class="filters" role="search" aria-label="Filters" onSubmit=${(event) => event.preventDefault()}>
    <label class="field"><span>Method</span><select onChange=${set("method")}><option value="">All</option>${METHODS.map((each) => html`<option>${each}</option>`)}</select></label>
    <label class="field"><span>Status</span><select onChange=${set("status")}><option value="">All</option>${STATUSES.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</select></label>
    <label class="field wide"><span>Path</span><input placeholder="*/connectors/*" onChange=${set("path")} spellcheck=${false} /></label>
    <label class="field"><span>Error code</span><input placeholder="Authorization_*" onChange=${set("code")} spellcheck=${false} /></label>
    <label class="field"><span>Caller</span><input placeholder="admin@*" onChange=${set("caller")} spellcheck=${false} /></label>
  </form>
  <div class="scrolled" tabindex="0" role="region" aria-label="Requests">
    <table class="log" aria-label="Requests">
      <thead><tr><th scope="col">Time</th><th scope="col">Status</th><th scope="col">Request</th><th scope="col">Caller</th><th scope="col">Duration</th></tr></thead>
      <tbody>${entries.value.slice(0, shown.value).map((entry) => html`<${Row} key=${entry.number} entry=${entry} />`)}</tbody>
    </table>
    ${!entries.value.length && html`<p class="empty">No request ${Object.values(wanted.value).some(Boolean) ? "fits the filters" : "yet: point a tool at this address, or use the console"}.</p>`}
  </div>
  ${entries.value.length > shown.value && html`<button class="show-more" onClick=${() => (shown.value += SHOWN)}>Show more</button>`}
`);

const kindOf = (status) => (status < 300 ? "good" : status < 500 ? "warn" : "bad");
const Code = ({ status }) => html`<span class="code ${kindOf(status)}">${status}</span>`;
const target = (entry) => `${entry.path}${entry.query ? `?${entry.query}` : ""}`;
const callerOf = ({ caller }) => caller?.user ?? caller?.application ?? "";

const Row = ({ entry }) => html`<tr>
  <td data-name="Time"><time>${entry.time.slice(11, 23)}</time></td>
  <td data-name="Status"><${Code} status=${entry.status} /></td>
  <th scope="row"><button class="link mono" onClick=${() => openEntry(entry)}><b>${entry.method}</b> ${decoded(target(entry))}</button>${entry.code && html`<small class="bad">${entry.code}</small>`}${entry.fault && html`<small class="tag">fault ${entry.fault}</small>`}${entry.batch && html`<small class="tag">batch</small>`}</th>
  <td data-name="Caller">${callerOf(entry)}</td>
  <td data-name="Duration">${entry.milliseconds.toFixed(1)} ms</td>
</tr>`;

function decoded(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** The class that refused, as words: `DefaultGroupStays` is "default group stays". */
const spoken = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

function openEntry(entry) {
  const address = here + encodeURI(entry.path).replace(/^\//, "") + (entry.query ? `?${entry.query}` : "");
  const body = entry.request === undefined || entry.request?.truncated ? undefined : JSON.stringify(entry.request);
  const command = curl({ method: entry.method, address, body, headers: { ...(entry.caller ? { Authorization: "Bearer $TOKEN" } : {}), ...(body ? { "Content-Type": "application/json" } : {}) } });
  openPanel({
    title: `${entry.method} ${decoded(entry.path)}`,
    subtitle: `${entry.time} · ${entry.milliseconds.toFixed(1)} ms · request-id ${entry.requestId}`,
    wide: true,
    body: () => html`<div class="fields entry">
      <p class="outcome"><${Code} status=${entry.status} /> ${entry.code && html`<code>${entry.code}</code>`}</p>
      ${entry.refusedBy && html`<div class="refusal"><h3>Refused because</h3><p><b>${spoken(entry.refusedBy)}</b></p>${entry.explanation && html`<p>${entry.explanation}</p>`}${entry.evidence && html`<p class="muted">${entry.evidence}</p>`}</div>`}
      <dl class="facts">
        ${entry.query && html`<div><dt>Query</dt><dd><code>${decoded(entry.query)}</code></dd></div>`}
        ${entry.operation && html`<div><dt>Operation</dt><dd><code>${entry.operation}</code></dd></div>`}
        <div><dt>Caller</dt><dd>${entry.caller ? html`${[entry.caller.user, entry.caller.application].filter(Boolean).join(" with ")}` : "No token"}</dd></div>
        ${entry.fault && html`<div><dt>Fault</dt><dd>${entry.fault}</dd></div>`}
        ${entry.batch && html`<div><dt>Part of batch</dt><dd><code>${entry.batch}</code></dd></div>`}
      </dl>
      <${Body} title="Request body" value=${entry.request} />
      <${Body} title="Answer" value=${entry.answer} />
      <h3>Repeat it</h3>
      <pre tabindex="0" aria-label="curl command"><code>${command}</code></pre>
      <div class="commands">
        <button onClick=${() => navigator.clipboard?.writeText(command)}>Copy curl</button>
        <button onClick=${() => tryInConsole({ method: entry.method, path: address.slice(here.length - 1), body: body && JSON.stringify(entry.request, null, 2) })}><${Icon} name="console" />Open in console</button>
      </div>
    </div>`,
  });
}

const Body = ({ title, value }) =>
  value !== undefined && html`<h3>${title}${value?.truncated ? ` (the first part of ${amount(value.length)} bytes)` : ""}</h3>
    <pre tabindex="0" aria-label=${title}><code>${value?.truncated ?? (typeof value === "string" ? value : JSON.stringify(value, null, 2))}</code></pre>`;
