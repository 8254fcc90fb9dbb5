/**
 * The request header in which `proxy.ts` passes a page its own path. A value sent by a browser is
 * overwritten.
 */
export const PATH_HEADER = "x-goodword-path";
