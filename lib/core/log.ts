import pino from "pino";

/**
 * The log of this process, as JSON lines. Keys, tokens, cookies and addresses are redacted at any
 * depth.
 */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: undefined,
  redact: {
    paths: [
      "password",
      "token",
      "key",
      "secret",
      "email",
      "cookie",
      "authorization",
      "*.password",
      "*.token",
      "*.key",
      "*.secret",
      "*.email",
      "*.cookie",
      "*.authorization",
      "*.headers",
    ],
    censor: "[cut]",
  },
});
