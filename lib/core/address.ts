/**
 * The origin of this installation, as people reach it. Never from a request, whose Host may be
 * forged.
 */
export function publicOrigin(): string {
  return new URL(process.env.APP_URL || `http://localhost:${process.env.PORT || 3000}`).origin;
}

/** A path of this installation as a whole address, for emails, codes and copies. */
export function publicUrl(path: string): string {
  return new URL(path, publicOrigin()).href;
}
