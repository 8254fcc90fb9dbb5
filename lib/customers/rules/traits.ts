/**
 * Known traits with what is told of them: null removes one. Fields that are null are left out at
 * every depth, since that says the same as leaving them out.
 */
export function mergedTraits(
  known: Record<string, unknown>,
  told: Record<string, unknown>,
): Record<string, unknown> {
  return withoutNulls({ ...known, ...told }) as Record<string, unknown>;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === null ? [] : [[key, withoutNulls(inner)]],
    ),
  );
}
