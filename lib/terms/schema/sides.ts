export const SIDES = ["advocate", "friend"] as const;
export type Side = (typeof SIDES)[number];

/**
 * Whose trait, country or tier is asked for: the one who gets the reward, the one who shares, or
 * the friend.
 */
export const PEOPLE = ["owner", "advocate", "friend"] as const;
export type Person = (typeof PEOPLE)[number];
