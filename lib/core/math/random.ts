/**
 * A seeded source of random numbers: the same seed gives the same sequence on every machine, so a
 * bootstrap interval or a sampled credit does not change between two views of the same report. Not
 * for secrets.
 */
export type Random = () => number;

/** FNV-1a, 32 bits: turns a seed such as "m_1:referral-rate:2026-05" into a number. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Uniform numbers in [0, 1) with 32 bits each, from a four-word "small fast counter" generator
 * (sfc32, C. Doty-Humphrey's PractRand), warmed up so that neighbouring seeds part ways.
 */
export function seededRandom(seed: number | string): Random {
  const start = typeof seed === "string" ? hash32(seed) : hash32(String(seed));
  let a = start;
  let b = start ^ 0x9e3779b9;
  let c = Math.imul(start, 0x85ebca6b);
  let counter = 1;
  const next = (): number => {
    const out = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + out;
    return (out >>> 0) / 4294967296;
  };
  for (let i = 0; i < 16; i += 1) next();
  return next;
}

/** A copy of the items in random order (Fisher-Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const held = copy[i] as T;
    copy[i] = copy[j] as T;
    copy[j] = held;
  }
  return copy;
}
