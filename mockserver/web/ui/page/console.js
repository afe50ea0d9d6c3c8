// A console for the Graph: any request, with examples, and completion from the model.

import { asked, authorization, here } from "./api.js";
import { completions, modelOf } from "./completion.js";
import { EXAMPLES, filledIn } from "./examples.js";
import { batch, html, signal, view } from "./view.js";
import { sayRefused } from "./news.js";
import { Icon } from "./icons.js";
import { closePanel } from "./panel.js";
import { refresh, tenant } from "./tenant.js";
import { curl, pretty } from "./words.js";

const method = signal("GET");
const path = signal("/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups");
const body = signal("");
const who = signal("administrator");
const permissions = signal("Directory.Read.All");
const headers = signal("");
const answer = signal(null);
const waiting = signal(false);
const offers = signal(null);
const picked = signal(-1);

/** Show a request in the console, ready to be sent. */
export function tryInConsole(request) {
  batch(() => {
    method.value = request.method;
    path.value = request.path;
    body.value = request.body ?? "";
    answer.value = null;
    offers.value = null;
  });
  closePanel();
  location.hash = "#console";
}

const CALLERS = {
  administrator: { text: "Administrator", token: () => authorization() },
  chosen: { text: "Administrator with these permissions only", token: () => authorization({ user: `admin@${tenant.value.about.defaultDomain}`, permissions: named() }) },
  program: { text: "A program without a user", token: () => authorization({}) },
  weak: { text: "A program with these permissions only", token: () => authorization({ permissions: named() }) },
  nobody: { text: "Nobody (no token)", token: async () => "" },
};
const named = () => permissions.value.split(/[\s,]+/).filter(Boolean);
const isWrite = () => !["GET", "HEAD", "DELETE"].includes(method.value);

async function send(event) {
  event?.preventDefault();
  offers.value = null;
  waiting.value = true;
  try {
    const said = isWrite() && body.value ? body.value : undefined;
    answer.value = await asked(method.value, encoded(path.value), said, await CALLERS[who.value].token(), typedHeaders());
    if (method.value !== "GET") refresh("tenant", "journal");
  } catch (refused) {
    if (!("status" in refused)) throw refused;
    answer.value = null;
    sayRefused(refused);
  } finally {
    waiting.value = false;
  }
}

/** As curl and browsers need it: spaces, quotes and the like in a query percent-encoded, what is encoded left alone. */
const encoded = (text) => text.trim().replace(/[^\x21-\x7e]|["<>\\^`{|}#]/gu, (each) => encodeURIComponent(each));

const typedHeaders = () => Object.fromEntries(headers.value.split("\n").map((line) => line.split(/:\s*(.*)/)).filter(([name, value]) => name && value).map(([name, value]) => [name, value]));

async function offer(text) {
  const version = /^\/?(beta|v1\.0)(?=\/)/.exec(text)?.[1];
  if (!version) return (offers.value = { from: 0, items: ["/beta/", "/v1.0/"].filter((each) => each.startsWith(text) && each !== text).map((each) => ({ text: each })) });
  const model = await modelOf(version).catch(() => undefined);
  if (model && path.peek() === text) batch(() => ((offers.value = completions(text, model)), (picked.value = -1)));
}

function take(item) {
  path.value = path.value.slice(0, offers.value.from) + item.text;
  offers.value = null;
  const input = document.getElementById("console-path");
  input.focus();
  queueMicrotask(() => input.setSelectionRange(path.value.length, path.value.length));
  if (/[/=(]$/.test(item.text)) offer(path.value);
}

function steer(event) {
  const items = offers.value?.items ?? [];
  if (event.key === "ArrowDown" && !items.length) return offer(path.value);
  if (!items.length) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) picked.value = (picked.value + step + items.length) % items.length;
  else if (event.key === "Escape") offers.value = null;
  else if ((event.key === "Tab" || event.key === "Enter") && picked.value >= 0) take(items[picked.value]);
  else return;
  event.preventDefault();
}

export const Console = view(() => html`
  <div class="title-row"><h1 tabindex="-1">Graph console</h1></div>
  <div class="console">
    <nav class="examples" aria-label="Examples">
      ${EXAMPLES.map(([heading, examples]) => html`<details open=${heading === "Connector groups"}><summary>${heading}</summary><ul>${examples.map(([text, ...request]) => html`<li><button class="link" onClick=${() => choose(...request)}><span class="verb ${request[0]}">${request[0]}</span>${text}</button></li>`)}</ul></details>`)}
    </nav>
    <div class="console-main">
      <form class="request" onSubmit=${send}>
        <select aria-label="Method" value=${method.value} onChange=${(event) => (method.value = event.target.value)}>${["GET", "POST", "PATCH", "PUT", "DELETE"].map((each) => html`<option selected=${each === method.value}>${each}</option>`)}</select>
        <div class="completed">
          <input id="console-path" class="mono" aria-label="Path and query" role="combobox" aria-autocomplete="list" aria-controls="console-offers" aria-expanded=${Boolean(offers.value?.items.length)}
            aria-activedescendant=${picked.value >= 0 ? `offer-${picked.value}` : undefined} autocomplete="off" spellcheck=${false} value=${path.value}
            onInput=${(event) => ((path.value = event.target.value), offer(event.target.value))} onKeyDown=${steer} onBlur=${() => setTimeout(() => (offers.value = null), 150)} />
          <ul id="console-offers" role="listbox" aria-label="Completions" hidden=${!offers.value?.items.length}>
            ${offers.value?.items.map((item, at) => html`<li id=${`offer-${at}`} role="option" aria-selected=${at === picked.value} onMouseDown=${(event) => (event.preventDefault(), take(item))}><code>${item.text}</code><span>${item.hint}</span></li>`)}
          </ul>
        </div>
        <button type="submit" class="primary" disabled=${waiting.value}><${Icon} name="play" />Run query</button>
      </form>
      <div class="options">
        <label class="field"><span>Call as</span><select value=${who.value} onChange=${(event) => (who.value = event.target.value)}>${Object.entries(CALLERS).map(([name, { text }]) => html`<option value=${name} selected=${name === who.value}>${text}</option>`)}</select></label>
        ${["chosen", "weak"].includes(who.value) && html`<label class="field wide"><span>Permissions</span><input class="mono" value=${permissions.value} onInput=${(event) => (permissions.value = event.target.value)} /></label>`}
        <details><summary>Request headers</summary><textarea aria-label="Request headers" rows="2" placeholder="ConsistencyLevel: eventual" class="mono" value=${headers.value} onInput=${(event) => (headers.value = event.target.value)} /></details>
      </div>
      ${isWrite() && html`<label class="field"><span>Request body</span><textarea class="mono" rows="6" spellcheck=${false} value=${body.value} onInput=${(event) => (body.value = event.target.value)} /></label>`}
      <${Answer} />
    </div>
  </div>
`);

function choose(verb, address, content) {
  const fill = (text) => filledIn(text, tenant.value, here);
  batch(() => {
    method.value = verb;
    path.value = fill(address);
    body.value = content ? fill(JSON.stringify(content, null, 2)) : "";
    offers.value = null;
  });
  if (verb === "GET") send();
  else answer.value = null;
}

const LONGEST = 200_000;

const Answer = view(() => {
  const said = answer.value;
  if (!said) return html`<p class="empty">Choose an example, or write a path: arrow keys choose from what is offered.</p>`;
  const text = pretty(said.text);
  const command = curl({ method: method.value, address: here + encoded(path.value).replace(/^\//, ""), body: isWrite() ? body.value : "", headers: { ...(who.value === "nobody" ? {} : { Authorization: "Bearer $TOKEN" }), ...(isWrite() && body.value ? { "Content-Type": "application/json" } : {}) } });
  return html`<section class="answer" aria-label="Answer">
    <p role="status"><span class="code ${said.status < 300 ? "good" : said.status < 500 ? "warn" : "bad"}">${said.status}</span> ${said.milliseconds.toFixed(0)} ms · ${said.text.length.toLocaleString("en")} characters
      ${said.headers.get("x-mock-explain") && html`<br /><b>${said.headers.get("x-mock-explain")}</b>`}</p>
    ${said.body?.["@odata.nextLink"] && html`<button onClick=${() => ((path.value = said.body["@odata.nextLink"].slice(here.length - 1)), send())}>Next page</button>`}
    <pre tabindex="0" aria-label="Answer body"><code>${text.slice(0, LONGEST) || "(no body)"}${text.length > LONGEST ? "\n…" : ""}</code></pre>
    <details><summary>Answer headers</summary><pre tabindex="0" aria-label="Answer headers"><code>${[...said.headers].map(([name, value]) => `${name}: ${value}`).join("\n")}</code></pre></details>
    <details><summary>curl</summary><pre tabindex="0" aria-label="curl command"><code>${command}</code></pre></details>
  </section>`;
});
