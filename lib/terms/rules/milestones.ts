/** The cause of a reward for a number of qualified referrals. */
export function milestoneKey(number: number): string {
  return `milestone:${number}`;
}

/**
 * How many qualified referrals a milestone's reward rests on; null for a reward of another cause.
 */
export function milestoneOf(causeKey: string): number | null {
  const match = /^milestone:(\d+)$/.exec(causeKey);
  return match ? Number(match[1]) : null;
}
