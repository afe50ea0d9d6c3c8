// Traffic to an application, as the data plane would route it: asked of the mock, shown on the picture.

import { control } from "./api.js";
import { batch, html, signal, view } from "./view.js";
import { Icon } from "./icons.js";
import { say } from "./news.js";
import { tenant } from "./tenant.js";
import { amount } from "./words.js";

/** How the last requests were served: the answer of `POST /_mock/traffic`, `applicationId`, `groupId`, `shares`; or null. */
export const traffic = signal(null);
export const trafficShown = signal(false);

const chosen = signal("");
const requests = signal(1000);
const running = signal(false);
const PAUSE = 1000;

export const shareOf = (id) => traffic.value?.shares.get(id);

export function chooseApplication(id) {
  batch(() => {
    trafficShown.value = true;
    chosen.value = id;
  });
  run();
}

async function run() {
  const applicationId = chosen.peek() || tenant.peek()?.applications[0]?.id;
  if (!applicationId) return;
  try {
    const routed = await control("POST", "traffic", { applicationId, requests: requests.peek(), seed: Math.floor(Math.random() * 1e9) });
    showTraffic(applicationId, routed);
  } catch (refused) {
    running.value = false;
    say(refused.message, "refused");
  }
}

/** Show on the picture how requests to that application were routed: what `POST /_mock/traffic` answered. */
export function showTraffic(applicationId, routed) {
  const most = Math.max(...routed.byConnector.map((each) => each.requests), 1);
  const shares = new Map(routed.byConnector.map((each) => [each.connectorId, { requests: each.requests, percent: (100 * each.requests) / most }]));
  const application = tenant.peek().applications.find((each) => each.id === applicationId);
  traffic.value = { ...routed, applicationId, application, groupId: application?.group.id, shares };
}

async function keepRunning(go) {
  running.value = go;
  while (running.value) {
    await run();
    await new Promise((next) => setTimeout(next, PAUSE));
  }
}

function close() {
  batch(() => {
    running.value = false;
    trafficShown.value = false;
    traffic.value = null;
  });
}

export const Traffic = view(() => {
  if (!trafficShown.value) return null;
  const applications = tenant.value.applications;
  const current = chosen.value || applications[0]?.id;
  const routed = traffic.value;
  return html`<section class="strip" aria-label="Traffic">
    <label class="field"><span>Application</span>
      <select onChange=${(event) => ((chosen.value = event.target.value), run())}>
        ${applications.map((each) => html`<option value=${each.id} selected=${each.id === current}>${each.displayName} (${each.group.name})</option>`)}
      </select></label>
    <label class="field short"><span>Requests</span>
      <input type="number" min="1" max="1000000" value=${requests.value} onInput=${(event) => (requests.value = Number(event.target.value) || 1)} /></label>
    <button class="primary" onClick=${run} disabled=${!applications.length}><${Icon} name="play" />Run</button>
    <label class="check"><input type="checkbox" checked=${running.value} onChange=${(event) => keepRunning(event.target.checked)} />Keep running</label>
    <p class="outcome" role="status">${routed && html`<${Outcome} routed=${routed} />`}</p>
    <button class="bare" aria-label="Close traffic" onClick=${close}><${Icon} name="close" /></button>
  </section>`;
});

const Outcome = ({ routed }) => {
  const over = routed.byConnector.filter((each) => each.requests).length;
  return routed.failed
    ? html`<b class="bad">504 Gateway Timeout</b> for ${amount(routed.failed)} requests: no connector of ${routed.application?.group.name} is available.`
    : html`<b class="good">${amount(routed.served)} served</b> through ${over} ${over === 1 ? "connector" : "connectors"} of ${routed.application?.group.name}.`;
};
