// The guided demo beside the picture: a chapter's text and its steps, one after the other, and the way to the other chapters.

import { controlToken, here } from "./api.js";
import { html, signal, view } from "./view.js";
import { Icon } from "./icons.js";
import { attempt } from "./news.js";
import { Stage, Title, Waiting } from "./picture.js";
import { chapter, chapters, doNext, failure, failureText, outcomes, pageOf, resetSandbox, said, seen } from "./story.js";
import { tenant } from "./tenant.js";
import { curl, pretty } from "./words.js";

/** Whether the guide is open where it lies below the picture and takes room from it. */
const open = signal(true);

export const Demo = view(() => {
  if (!tenant.value) return html`<${Waiting} />`;
  return html`<${Title} text="Guided demo" />
    <div class="guided">
      <section class="guide ${open.value ? "open" : ""}" aria-labelledby="guide-title">${chapter.value ? html`<${Chapter} />` : html`<${Contents} />`}</section>
      <${Stage} />
    </div>`;
});

const Head = view(({ number, title }) => html`<header>
  <p class="muted">${number}</p>
  <h2 id="guide-title">${title}</h2>
  <button class="bare fold" aria-label="Guide" aria-expanded=${open.value} onClick=${() => (open.value = !open.value)}><${Icon} name="chevron" /></button>
</header>`);

const Chapter = view(() => {
  const { number, title, text, steps, before, after } = chapter.value;
  const done = outcomes.value.length;
  const finished = done === steps.length;
  return html`<${Head} number=${`Chapter ${number} of ${chapters.value.length}`} title=${title} />
    <div class="told"><p class="chapter-text">${text}</p>
    <div class="steps-room">
      <ol class="steps" aria-label="Steps">${steps.map((step, at) => html`<${Step} key=${at} step=${step} at=${at} />`)}</ol>
      ${finished && html`<p class="finished"><${Icon} name="done" />${after ? "That was the last step of this chapter." : "That was the last step of the last chapter."}</p>`}
    </div></div>
    <p class="unseen" role="status" aria-label="What came back">${said.value}</p>
    <nav class="commands" aria-label="Chapters">
      ${before && html`<${Way} to=${before} text="Previous" />`}
      ${after && html`<${Way} to=${after} text="Next" primary=${finished} />`}
      <button onClick=${startAgain}><${Icon} name="refresh" /><span>Start<span class="long"> this chapter</span> again</span></button>
    </nav>`;
});

const Way = ({ to, text, primary }) => html`<a class="button ${primary ? "primary" : ""}" href=${pageOf(to.sandbox)} aria-label=${`${text} chapter: ${to.title}`}><span>${text}<span class="long"> chapter</span></span></a>`;

const Step = view(({ step, at }) => {
  const outcome = outcomes.value[at];
  const next = at === outcomes.value.length;
  const failed = next ? failure.value : null;
  return html`<li class="step ${outcome ? "done" : next ? "next" : ""}" aria-current=${next ? "step" : undefined}>
    <span class="mark" aria-hidden="true">${outcome ? html`<${Icon} name="done" />` : at + 1}</span>
    <h3>${step.do}${outcome && html`<span class="unseen"> (done)</span>`}</h3>
    ${(outcome || next) && html`<p class="call mono" title=${step.path}><span class="verb ${step.method}">${step.method}</span> ${step.path}</p>`}
    ${next && html`<button class="primary" onClick=${run}><${Icon} name=${failed ? "refresh" : "play"} />${failed ? "Run again" : "Run"}<span class="unseen"> step ${at + 1}</span></button>`}
    ${failed && html`<div class="refusal"><p><b>${failureText(step, failed)}</b></p><p>The sandbox was changed before, or this step was done already. "Start this chapter again" brings back what it began with.</p></div>`}
    ${outcome && html`<p class=${outcome.lacks ? "warn" : "see"}><${Status} status=${outcome.status} /> ${seen(step, outcome)}</p>`}
    ${(outcome || next) && html`<${Exchange} step=${step} number=${at + 1} came=${outcome ?? failed} />`}
  </li>`;
});

const Exchange = ({ step, number, came }) => html`<details>
  <summary>${came ? "Request and answer" : "Request"}<span class="unseen"> of step ${number}</span></summary>
  <pre tabindex="0" aria-label=${`Request of step ${number}`}><code>${commandOf(step)}</code></pre>
  ${came && html`<pre tabindex="0" aria-label=${`Answer of step ${number}`}><code>${pretty(came.text) || "(no body)"}</code></pre>`}
</details>`;

const Status = ({ status }) => html`<span class="code ${status < 300 ? "good" : "warn"}"><span class="unseen">Answered </span>${status}</span>`;

function commandOf({ method, path, body }) {
  const graph = !path.startsWith("/_mock/");
  const token = graph ? { Authorization: "Bearer $TOKEN" } : controlToken.value ? { "x-mock-token": "$TOKEN" } : {};
  const headers = { ...token, ...(body ? { "Content-Type": "application/json" } : {}) };
  return curl({ method, address: here + path.slice(1), body: body && JSON.stringify(body), headers });
}

async function run() {
  if (await doNext()) toNext();
}

async function startAgain() {
  if (await attempt("The chapter starts again.", resetSandbox)) toNext();
}

/** To the step that is next, so that it can be done without looking for it; at the end to the next chapter. */
const toNext = () =>
  requestAnimationFrame(() => {
    const goal = document.querySelector(".step.next button") ?? document.querySelector(".guide nav .primary, .guide nav button");
    goal?.focus({ preventScroll: true });
    (goal?.closest(".step") ?? document.querySelector(".finished"))?.scrollIntoView({ block: "nearest" });
  });

const Contents = view(() => html`<${Head} number=${`${chapters.value.length} chapters`} title="Connector groups, by example" />
  <p class="chapter-text">Each chapter is a company with a sandbox of its own. This sandbox is none of them.</p>
  <ol class="contents">${chapters.value.map((each) => html`<li><a href=${pageOf(each.sandbox)}>${each.title}</a></li>`)}</ol>`);
