/**
 * The origin of this installation, as people reach it. Never from a request, whose Host may be
 * forged.
 */
export function publicOrigin(): string {
  return new URL(process.env.APP_URL || `http://localhost:${process.env.PORT || 3000}`).origin;
}

/** Whether all percent escapes of an address are text: neither "%zz" nor half a letter is. */
export function hasReadableEscapes(address: string): boolean {
  try {
    decodeURIComponent(address);
    return true;
  } catch {
    return false;
  }
}

/** A part of a path as it was written; one that cannot be read stays as it is. */
export function decodedPart(part: string): string {
  return hasReadableEscapes(part) ? decodeURIComponent(part) : part;
}

/** A path of this installation as a whole address, for emails, codes and copies. */
export function publicUrl(path: string): string {
  return new URL(path, publicOrigin()).href;
}
