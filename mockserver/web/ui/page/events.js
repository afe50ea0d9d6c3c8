// The stream of events of the sandbox: what has changed, told by the mock as it happens.

import { controlHeaders, here, controlToken, tokenWanted } from "./api.js";
import { signal } from "./view.js";

/** Whether the page hears of changes at once. */
export const live = signal(false);

const AGAIN = 1000;

/**
 * Call `changed(...parts)` for every event, and once without parts whenever the stream begins again.
 * EventSource cannot send the control token, so the stream is read with fetch.
 */
export async function watch(changed) {
  for (let first = true; ; first = false) {
    try {
      await listen((parts) => changed(...parts), () => first || changed());
    } catch {
      // The mock is gone, or was never there: try again below.
    }
    live.value = false;
    await new Promise((go) => setTimeout(go, AGAIN));
    if (document.hidden) await seen();
    if (tokenWanted.value) await tokenGiven();
  }
}

async function listen(tell, begun) {
  const ending = new AbortController();
  // A browser opens six connections to a server at most, so a page that nobody looks at gives its own back.
  const hide = () => document.hidden && ending.abort();
  document.addEventListener("visibilitychange", hide);
  try {
    const asked = { cache: "no-store", credentials: "omit", headers: controlHeaders(), signal: ending.signal };
    await read(await fetch(`${here}_mock/events`, asked), tell, begun);
  } finally {
    document.removeEventListener("visibilitychange", hide);
  }
}

const seen = () => new Promise((go) => document.addEventListener("visibilitychange", go, { once: true }));

async function read(response, tell, begun) {
  if (!response.ok) throw new Error(`${response.status}`);
  live.value = true;
  begun();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const said = block.split("\n").filter((line) => line.startsWith("data:"));
      const changed = said.length ? JSON.parse(said.map((line) => line.slice(5)).join("\n")).changed : [];
      if (changed.length) tell(changed);
    }
  }
}

function tokenGiven() {
  const given = controlToken.value;
  return new Promise((go) => {
    const stop = controlToken.subscribe((token) => token !== given && setTimeout(() => (stop(), go())));
  });
}
