// Scenarios, snapshots and sandboxes: where the tenant comes from, what it can go back to, and the tenants beside it.

import { control, sandboxName } from "./api.js";
import { html, view } from "./view.js";
import { attempt } from "./news.js";
import { Icon } from "./icons.js";
import { confirm, Field, Form, openPanel } from "./panel.js";
import { pageOf, resetSandbox } from "./story.js";
import { fixtures, refresh, sandboxes, snapshots } from "./tenant.js";

const done = async (action) => {
  const result = await action;
  refresh();
  return result;
};

const goTo = (name) => (location.href = pageOf(name));

export const SandboxPicker = view(() => html`<span class="picker">
  <select aria-label="Sandbox" onFocus=${() => refresh("sandboxes")} onChange=${(event) => (event.target.value ? goTo(event.target.value) : (event.target.value = sandboxName, fork()))}>
    ${[...new Set([...sandboxes.value.map((each) => each.name), sandboxName])].map((name) => html`<option value=${name} selected=${name === sandboxName}>${name}</option>`)}
    <option value="">Fork this sandbox…</option>
  </select></span>`);

function fork() {
  openPanel({
    title: "Fork sandbox",
    subtitle: `The new one starts as ${sandboxName} is now, and goes its own way.`,
    body: () => html`<${Form} button="Fork" done="The sandbox is forked." act=${async ({ name }) => goTo((await control("POST", "sandboxes", { from: sandboxName, ...(name ? { name } : {}) })).name)}>
      <${Field} label="Name" name="name" pattern="[A-Za-z0-9._\\-]+" maxlength="64" hint="Letters, digits, dots, dashes. Left out: given by the mock." autofocus />
    <//>`,
  });
}

const load = (fixture) =>
  confirm({
    title: "Switch scenario",
    text: `The whole tenant of sandbox ${sandboxName} is replaced by ${fixture.name}. "Reset" brings back the one it was seeded with.`,
    button: "Switch",
    done: `Sandbox ${sandboxName} shows ${fixture.name}.`,
    act: async () => done(control("PUT", "tenant", await control("GET", `fixtures/${fixture.name}`))),
  });

const inSandbox = (fixture) =>
  attempt(`${fixture.name} has a sandbox.`, async () => goTo((await control("POST", "sandboxes", { from: fixture.name })).name));

const reset = () =>
  confirm({
    title: "Reset",
    text: `Sandbox ${sandboxName} becomes what it was seeded as: tenant, clock, faults, throttling and request log.`,
    button: "Reset",
    done: "The sandbox is as it was seeded.",
    act: resetSandbox,
  });

const save = () =>
  openPanel({
    title: "Save snapshot",
    body: () => html`<${Form} button="Save" done=${(made) => `Snapshot ${made.name} is saved.`} act=${(said) => done(control("POST", "snapshots", said))}>
      <${Field} label="Name" name="name" required pattern="[A-Za-z0-9._\\-]+" maxlength="64" hint="A snapshot of that name is replaced." autofocus />
    <//>`,
  });

export const Sandboxes = view(() => html`
  <div class="title-row"><h1 tabindex="-1">Scenarios and sandboxes</h1><p class="muted">Sandbox ${sandboxName}</p></div>
  <div class="commands" role="group" aria-label="Commands">
    <button onClick=${save}><${Icon} name="camera" />Save snapshot</button>
    <button onClick=${fork}><${Icon} name="add" />Fork sandbox</button>
    <button onClick=${reset}><${Icon} name="refresh" />Reset</button>
  </div>
  <h2>Snapshots</h2>
  ${snapshots.value.length ? html`<ul class="cards">${snapshots.value.map((each) => html`<li class="card" key=${each.name}><h3>${each.name}</h3><p class="muted">Clock at ${each.now}</p>
    <div class="commands">
      <button onClick=${() => attempt(`Back at snapshot ${each.name}.`, () => done(control("POST", `snapshots/${encodeURIComponent(each.name)}/restore`)))}>Restore<span class="unseen"> ${each.name}</span></button>
      <button onClick=${() => attempt(`Snapshot ${each.name} is deleted.`, () => done(control("DELETE", `snapshots/${encodeURIComponent(each.name)}`)))}>Delete<span class="unseen"> ${each.name}</span></button>
    </div></li>`)}</ul>` : html`<p class="empty">No snapshot: save one before you try something.</p>`}
  <h2>Sandboxes</h2>
  <ul class="cards">${sandboxes.value.map((each) => html`<li class="card ${each.name === sandboxName ? "on" : ""}" key=${each.name}>
    <h3>${each.name}${each.name === sandboxName && html` <span class="tag">shown</span>`}</h3>
    <p class="muted"><code>${each.graphUrl}</code></p>
    <div class="commands">
      ${each.name !== sandboxName && html`<a class="button" href=${pageOf(each.name)}>Switch<span class="unseen"> to ${each.name}</span></a>`}
      ${each.name !== "default" && each.name !== sandboxName && html`<button class="danger" onClick=${() => attempt(`Sandbox ${each.name} is deleted.`, () => done(control("DELETE", `sandboxes/${encodeURIComponent(each.name)}`)))}>Delete<span class="unseen"> ${each.name}</span></button>`}
    </div></li>`)}</ul>
  <h2>Scenarios</h2>
  <p class="lead">Ready-made tenants; most show a chapter of "Understand Microsoft Entra private network connector groups".</p>
  <ul class="cards">${fixtures.value.map((each) => html`<li class="card" key=${each.name}><h3>${each.name}</h3><p>${each.title}</p>
    <div class="commands">
      <button onClick=${() => load(each)}>Switch<span class="unseen"> to ${each.name}</span></button>
      <button onClick=${() => inSandbox(each)}>In a new sandbox<span class="unseen"> for ${each.name}</span></button>
    </div></li>`)}</ul>
`);
