// What has just happened, said on the screen and to a screen reader: the end of an action, or why it was refused.

import { html, signal, view } from "./view.js";
import { Icon } from "./icons.js";

const notes = signal([]);
/** Whether a pane covers the page: it then shows the notes itself, as what lies behind it cannot be reached. */
export const covered = signal(false);
let numbers = 0;

/** What time and people have done, newest first. */
export const activity = signal([]);

export function say(text, kind = "done") {
  const note = { key: ++numbers, text, kind };
  notes.value = [...notes.value.filter((each) => each.text !== text), note].slice(-4);
  if (kind === "done") setTimeout(() => drop(note.key), 6000);
}

export function tell(events) {
  activity.value = [...[...events].reverse(), ...activity.value].slice(0, 200);
}

/** Say that it was refused, with the code and all the problems there are. */
export function sayRefused(refused) {
  const about = (refused.details ?? []).map((each) => [each.target, each.message].filter(Boolean).join(": "));
  const code = refused.code ? `${refused.code}: ` : "";
  say([`${code}${refused.message}`, ...about].join("\n"), "refused");
}

/** Do it; say what was done, or why it was not. Answers whether it was. */
export async function attempt(done, action) {
  try {
    const result = await action();
    say(typeof done === "function" ? done(result) : done);
    return true;
  } catch (refused) {
    if (!("status" in refused)) throw refused;
    sayRefused(refused);
    return false;
  }
}

const drop = (key) => (notes.value = notes.value.filter((each) => each.key !== key));

export const News = view(
  ({ inPane = false }) => html`<div class="news" role="log" aria-live="polite" aria-label="Notifications">
    ${(covered.value === inPane ? notes.value : []).map(
      (note) => html`<div class="note ${note.kind}" key=${note.key}>
        <${Icon} name=${note.kind === "refused" ? "warning" : "done"} />
        <p>${note.text}</p>
        <button class="bare" aria-label="Dismiss" onClick=${() => drop(note.key)}><${Icon} name="close" /></button>
      </div>`,
    )}
  </div>`,
);
