// Preact, htm and signals as the rest of the page uses them: `html` templates, and views that follow the signals they read.

import { h, render, Component } from "./vendor/preact/preact.mjs";
import htm from "./vendor/htm/htm.mjs";
import { signal, computed, effect, batch, untracked } from "./vendor/signals-core/signals-core.mjs";

export { h, render, Component, signal, computed, effect, batch, untracked };

export const html = htm.bind(h);

/** A component from a function of its properties; it is drawn again when a signal that it read changes. */
export function view(draw) {
  class View extends Component {
    render(properties) {
      this.forget?.();
      let drawn;
      let first = true;
      this.forget = effect(() => {
        if (first) drawn = draw(properties, this);
        else this.setState({});
        first = false;
      });
      return drawn;
    }

    componentWillUnmount() {
      this.forget?.();
    }
  }
  return View;
}

/** A signal that outlives the page: its text is kept in a storage of the browser, under a name. */
export function kept(name, first, storage = sessionStorage) {
  const made = signal(read(storage, name) ?? first);
  effect(() => {
    const value = made.value;
    try {
      if (value === first) storage.removeItem(name);
      else storage.setItem(name, value);
    } catch {
      // A browser that keeps nothing forgets it when the page closes.
    }
  });
  return made;
}

function read(storage, name) {
  try {
    return storage.getItem(name);
  } catch {
    return null;
  }
}
