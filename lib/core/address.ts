/**
 * The public origin of this installation. It never comes from a request, whose Host header can be
 * forged.
 */
export function publicOrigin(): string {
  return new URL(process.env.APP_URL || `http://localhost:${process.env.PORT || 3000}`).origin;
}

/** True if browsers reach us over https, so cookies can be limited to it. */
export function isSecure(): boolean {
  return publicOrigin().startsWith("https:");
}

/**
 * Over https, the `__Host-` prefix makes browsers accept a cookie from this very host only, for all
 * of its paths. Every cookie of ours is named by this; without https, browsers would refuse them.
 */
export function cookieName(name: string, secure = isSecure()): string {
  return secure ? `__Host-${name}` : name;
}

/** What every cookie of ours says, but for one that a script of the page sets (the theme). */
export function cookieFlags() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const;
}

/** Whether all percent escapes of an address decode to text ("%zz" or half a letter does not). */
export function hasReadableEscapes(address: string): boolean {
  try {
    decodeURIComponent(address);
    return true;
  } catch {
    return false;
  }
}

/** A path segment, decoded; one that cannot be decoded is returned as it is. */
export function decodedPart(part: string): string {
  return hasReadableEscapes(part) ? decodeURIComponent(part) : part;
}

/** The absolute URL of a path of this installation, for emails and links that people copy. */
export function publicUrl(path: string): string {
  return new URL(path, publicOrigin()).href;
}
