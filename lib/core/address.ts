/**
 * The public origin of this installation. It never comes from a request, whose Host header can be
 * forged.
 */
export function publicOrigin(): string {
  return new URL(process.env.APP_URL || `http://localhost:${process.env.PORT || 3000}`).origin;
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
