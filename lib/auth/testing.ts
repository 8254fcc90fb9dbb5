/** For tests only: what Next gives to actions and pages, without Next. */

/** The cookies of the one browser in the test, by name. */
export const jar = new Map<string, string>();

export function fakeHeaders() {
  return {
    cookies: async () => ({
      get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
      set: (name: string, value: string) =>
        value === "" ? jar.delete(name) : jar.set(name, value),
      getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    }),
    headers: async () => new Headers({ "x-forwarded-for": "192.0.2.7" }),
  };
}

/**
 * `redirect`, `notFound` and `forbidden` throw, as in Next; their messages say which and where to.
 */
export function fakeNavigation() {
  class Interrupt extends Error {}
  const interrupt =
    (kind: string) =>
    (to = ""): never => {
      throw new Interrupt(`${kind} ${to}`.trim());
    };
  return {
    redirect: interrupt("redirect"),
    notFound: interrupt("notFound"),
    forbidden: interrupt("forbidden"),
    unstable_rethrow: (error: unknown) => {
      if (error instanceof Interrupt) throw error;
    },
  };
}

export function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}
