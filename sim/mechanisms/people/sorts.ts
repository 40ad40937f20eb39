/** Sorts of item of people, and their first alarm. */

export const TASK_ITEM = 0;
export const FOLLOWER = 1;
/** Alarms before the tasks' own: the one by which everything people decide in an instant is decided together. */
export const FIRST_TASK_ALARM = 1;
