/**
 * How Node runs our processes, in memory that stays flat: Node's own limit for the heap grows with
 * the machine, and on a large one garbage is left lying until gigabytes have come together.
 */
export const NODE_FLAGS = ["--max-old-space-size=1024", "--import", "tsx"] as const;

/**
 * Set before the process begins, for the allocator below Node: by default it keeps what is free in
 * several pools for each core, and hands none of it back.
 */
export const ALLOCATOR = { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX || "2" };
