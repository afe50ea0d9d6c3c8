// Small pictures, drawn as strokes of the text's colour. They say nothing that the words beside them do not.

import { html } from "./view.js";

const SHAPES = {
  activity: "M2 10h4l2.5-6 3 12 2.5-6h4",
  add: "M10 3v14M3 10h14",
  application: "M3 4h14v12H3zM3 8h14M5.5 6h.01M8 6h.01",
  camera: "M3 6h3l1.5-2h5L14 6h3v10H3zM10 13.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z",
  chevron: "M5 8l5 5 5-5",
  clock: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 6v4.5l3 2",
  close: "M5 5l10 10M15 5L5 15",
  connector: "M3 4h14v5H3zM3 11h14v5H3zM6 6.5h.01M6 13.5h.01M10 6.5h4M10 13.5h4",
  console: "M3 4h14v12H3zM6 8l2.5 2L6 12M10.5 12.5H14",
  done: "M4 10.5l4 4 8-9",
  fault: "M11 2L4 12h5l-1 6 8-10h-5.5z",
  group: "M10 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM4.5 17a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM15.5 17a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM10 6.5v4M10 10.5H4.5V13M10 10.5h5.5V13",
  log: "M4 3h12v14H4zM7 7h6M7 10h6M7 13h4",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  moon: "M15.5 12.5A6.5 6.5 0 0 1 7.5 4.5a6.5 6.5 0 1 0 8 8z",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  move: "M3 10h12M11 6l4 4-4 4M17.5 4v12",
  people: "M7.5 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 16.5c0-3 2-5 5-5s5 2 5 5M13 3.5a2.7 2.7 0 0 1 0 5.2M14.5 11.8c2 .5 3 2.2 3 4.7",
  person: "M10 9.5a3.2 3.2 0 1 0 0-6.5 3.2 3.2 0 0 0 0 6.5zM4 17c0-3.2 2.4-5.2 6-5.2s6 2 6 5.2",
  picture: "M3 3.5h5v5H3zM12 3.5h5v5h-5zM3 12h5v5H3zM12 12h5v5h-5zM8 6h4M8 14.5h4",
  play: "M6 4l10 6-10 6z",
  refresh: "M16 7A6.5 6.5 0 1 0 16.5 12M16.5 3v4.5H12",
  search: "M8.5 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM12.5 12.5L17 17",
  stop: "M5 5h10v10H5z",
  sun: "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6L16 16M16 4l-1.4 1.4M5.4 14.6L4 16",
  trash: "M4 6h12M8 6V3.5h4V6M5.5 6l.7 10.5h7.6L14.5 6",
  warning: "M10 3l7.5 13.5h-15zM10 8v4M10 14.3h.01",
};

/** An icon by its name. */
export const Icon = ({ name }) => html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d=${SHAPES[name]} /></svg>`;
