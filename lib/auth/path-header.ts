/**
 * The request header in which `proxy.ts` tells pages their own path; what a browser sends under it
 * is overwritten.
 */
export const PATH_HEADER = "x-goodword-path";
