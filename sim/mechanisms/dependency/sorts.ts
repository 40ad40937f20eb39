/** Sorts of item of dependency. */

export const NODE = 0;
export const FOLLOWER = 1;
