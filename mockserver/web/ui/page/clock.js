// The sandbox's time: what it shows, how it is moved, and what time has done.

import { html, signal, view } from "./view.js";
import { advance, setClock } from "./actions.js";
import { Icon } from "./icons.js";
import { activity } from "./news.js";
import { clock, now } from "./tenant.js";
import { moment } from "./words.js";

const shown = signal(false);
const STEPS = [["PT1M", "1 minute"], ["PT5M1S", "5 minutes"], ["PT1H", "1 hour"], ["P1D", "1 day"], ["P10D", "10 days"]];

export const ClockButton = view(
  () => html`<button class="clock" aria-expanded=${shown.value} aria-label="Clock" onClick=${() => (shown.value = !shown.value)}>
    <${Icon} name="clock" /><time>${moment(now.value)}</time><span class="mode">${clock.value?.mode ?? "live"}</span>
  </button>`,
);

export const ClockStrip = view(() => {
  if (!shown.value) return null;
  const frozen = clock.value?.mode === "frozen";
  return html`<section class="strip" aria-label="Clock">
    <span class="strip-title">Advance by</span>
    ${STEPS.map(([by, text]) => html`<button onClick=${() => advance({ by })}>${text}</button>`)}
    <form class="inline" onSubmit=${advanceTo}>
      <label class="field"><span>To (UTC)</span><input type="datetime-local" name="to" step="1" required /></label>
      <button type="submit">Advance</button>
    </form>
    <button aria-pressed=${frozen} onClick=${() => setClock(frozen ? "live" : "frozen")}><${Icon} name=${frozen ? "play" : "stop"} />${frozen ? "Let it run" : "Freeze"}</button>
    <button class="bare" aria-label="Close clock" onClick=${() => (shown.value = false)}><${Icon} name="close" /></button>
  </section>`;
});

function advanceTo(event) {
  event.preventDefault();
  const said = new FormData(event.target).get("to");
  advance({ to: `${said.length === 16 ? `${said}:00` : said}Z` });
}

export const Activity = view(() => {
  if (!activity.value.length) return null;
  return html`<details class="activity" open>
    <summary>What time has done <span class="muted">${activity.value.length}</span></summary>
    <ol tabindex="0" aria-label="What time has done">${activity.value.map((event) => html`<li><time>${moment(Date.parse(event.at))}</time> <span>${event.message ?? event.type}</span></li>`)}</ol>
    <button class="link" onClick=${() => (activity.value = [])}>Clear</button>
  </details>`;
});
