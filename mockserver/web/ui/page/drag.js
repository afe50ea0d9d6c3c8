// Dragging cards onto connector groups. It is a short cut: every card's menu has "Move to…", for keyboards and touch.

import { signal } from "./view.js";

/** The connector or application that is being dragged, for what is drawn meanwhile, or null. */
export const dragged = signal(null);
let carried = null;

export const draggable = (thing) => ({
  draggable: true,
  onDragStart: (event) => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", thing.machineName ?? thing.displayName);
    carried = thing;
    // Browsers take the picture of what is dragged after this, so nothing may be drawn anew before it.
    setTimeout(() => (dragged.value = carried));
  },
  onDragEnd: end,
});

const end = () => (dragged.value = carried = null);

export const droppable = (fits, take) => ({
  onDragOver: (event) => {
    const wanted = carried !== null && fits(carried);
    if (wanted) event.preventDefault();
    event.currentTarget.classList.toggle("over", wanted);
  },
  onDragLeave: (event) => {
    if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.classList.remove("over");
  },
  onDrop: (event) => {
    event.preventDefault();
    event.currentTarget.classList.remove("over");
    const thing = carried;
    end();
    if (thing && fits(thing)) take(thing);
  },
});
