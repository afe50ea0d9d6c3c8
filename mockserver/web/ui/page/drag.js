// Dragging cards onto connector groups. It is a short cut: every card's menu has "Move to…", for keyboards and touch.

import { signal } from "./view.js";

/** The connector or application that is being dragged, or null. */
export const dragged = signal(null);

export const draggable = (thing) => ({
  draggable: true,
  onDragStart: (event) => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", thing.machineName ?? thing.displayName);
    // Browsers take the picture of what is dragged after this, so nothing may move before it.
    setTimeout(() => (dragged.value = thing));
  },
  onDragEnd: () => (dragged.value = null),
});

export const droppable = (fits, take) => ({
  onDragOver: (event) => {
    if (dragged.value && fits(dragged.value)) event.preventDefault();
    event.currentTarget.classList.toggle("over", Boolean(dragged.value && fits(dragged.value)));
  },
  onDragLeave: (event) => {
    if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.classList.remove("over");
  },
  onDrop: (event) => {
    event.preventDefault();
    event.currentTarget.classList.remove("over");
    const thing = dragged.value;
    dragged.value = null;
    if (thing && fits(thing)) take(thing);
  },
});
