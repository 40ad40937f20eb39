/** Sorts of item of faults and changes, and the alarms each has. */

/** Sorts of item: a fault, and a change. */
export const FAULT = 0;
export const CHANGE = 1;
/** Alarms an item has. */
export const ALARMS = 3;
