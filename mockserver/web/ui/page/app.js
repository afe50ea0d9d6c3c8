// The page: a bar at the top, the ways to go at the left, and what is shown; each subject has a module of its own.

import { controlToken, tokenWanted } from "./api.js";
import { ClockButton, ClockStrip } from "./clock.js";
import { Console } from "./console.js";
import { live } from "./events.js";
import { Faults } from "./faults.js";
import { Demo } from "./guide.js";
import { Icon } from "./icons.js";
import { Applications, Connectors } from "./lists.js";
import { followLog, Log } from "./log.js";
import { News } from "./news.js";
import { Menu, Panel } from "./panel.js";
import { Picture } from "./picture.js";
import { SandboxPicker, Sandboxes } from "./sandboxes.js";
import { chapters } from "./story.js";
import { begin, faults, refresh, title, trouble } from "./tenant.js";
import { computed, effect, html, kept, render, signal, view } from "./view.js";

const PLACES = {
  demo: { text: "Guided demo", icon: "play", shows: Demo, there: () => chapters.value.length > 0 },
  overview: { text: "Overview", icon: "picture", shows: Picture },
  connectors: { text: "Private network connectors", icon: "connector", shows: Connectors },
  applications: { text: "Enterprise applications", icon: "application", shows: Applications },
  requests: { text: "Request log", icon: "log", shows: Log, heading: "Monitoring" },
  console: { text: "Graph console", icon: "console", shows: Console },
  faults: { text: "Faults", icon: "fault", shows: Faults, heading: "Mock", note: () => faults.value.length || "" },
  sandboxes: { text: "Scenarios and sandboxes", icon: "camera", shows: Sandboxes },
};

const isThere = (name) => Object.hasOwn(PLACES, name) && (PLACES[name].there?.() ?? true);
const wanted = signal("");
const place = computed(() => [wanted.value, "demo"].find(isThere) ?? "overview");
const wayShown = signal(false);
const theme = kept("mockserver.theme", "auto", localStorage);

effect(() => (document.documentElement.dataset.theme = theme.value));
effect(() => (document.title = `${PLACES[place.value].text} · ${title.value} · mockserver`));

function go() {
  const before = place.peek();
  wanted.value = location.hash.slice(1);
  wayShown.value = false;
  if (place.peek() !== before) {
    scrollTo(0, 0);
    // So that a screen reader says where one is now.
    requestAnimationFrame(() => document.querySelector("h1")?.focus({ preventScroll: true }));
  }
}

const Bar = view(() => html`<header class="bar">
  <button class="bare way-button" aria-label="Navigation" aria-expanded=${wayShown.value} onClick=${() => (wayShown.value = !wayShown.value)}><${Icon} name="menu" /></button>
  <a class="brand" href="#overview"><img src="_page/icon.svg" alt="" width="22" height="22" /><b>mockserver</b><span class="tenant-name">${title.value}</span></a>
  <${SandboxPicker} />
  <span class="live ${live.value ? "on" : ""}" role="status"><i aria-hidden="true"></i>${live.value ? "Live" : "Connecting"}</span>
  <${ClockButton} />
  <${Theme} />
</header>`);

const Theme = view(() => {
  const dark = theme.value === "dark" || (theme.value === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  return html`<button class="bare" aria-label=${dark ? "Light colours" : "Dark colours"} title=${dark ? "Light" : "Dark"} onClick=${() => (theme.value = dark ? "light" : "dark")}><${Icon} name=${dark ? "sun" : "moon"} /></button>`;
});

const Way = view(() => html`<nav class="way ${wayShown.value ? "shown" : ""}" aria-label="Main"><ul>
  ${Object.entries(PLACES).filter(([name]) => isThere(name)).map(([name, { text, icon, heading, note }]) => html`
    ${heading && html`<li class="heading" aria-hidden="true">${heading}</li>`}
    <li><a href=${`#${name}`} aria-current=${name === place.value ? "page" : undefined}><${Icon} name=${icon} /><span>${text}</span>${note?.() && html`<b class="count">${note()}</b>`}</a></li>`)}
</ul></nav>`);

const TokenForm = view(() => {
  if (!tokenWanted.value) return null;
  const send = (event) => {
    event.preventDefault();
    controlToken.value = new FormData(event.target).get("token");
    tokenWanted.value = false;
    refresh();
  };
  return html`<dialog class="panel ask" ref=${(dialog) => dialog && !dialog.open && dialog.showModal()} onCancel=${(event) => event.preventDefault()} aria-labelledby="token-title"><div class="panel-inside">
    <header><h2 id="token-title">Control token</h2><p class="muted">This mock was started with --control-token. The page keeps it until the tab closes.</p></header>
    <form onSubmit=${send}>
      <input type="text" name="username" autocomplete="username" value="control" hidden />
      <div class="fields"><label class="field"><span>Token</span><input type="password" name="token" required autocomplete="current-password" autofocus /></label></div>
      <div class="actions"><button type="submit" class="primary">Continue</button></div>
    </form></div></dialog>`;
});

const App = view(() => {
  const Shown = PLACES[place.value].shows;
  return html`
    <a class="skip" href="#content" onClick=${(event) => (event.preventDefault(), document.querySelector("h1")?.focus())}>Skip to content</a>
    <${Bar} />
    <div class="below">
      <${Way} />
      <main id="content" key=${place.value}>
        ${trouble.value && !tokenWanted.value && html`<p class="trouble" role="alert"><${Icon} name="warning" />${trouble.value}</p>`}
        <${ClockStrip} />
        <${Shown} />
      </main>
    </div>
    <${News} /><${Panel} /><${Menu} /><${TokenForm} />`;
});

addEventListener("hashchange", go);
go();
render(html`<${App} />`, document.body);
followLog();
begin();
