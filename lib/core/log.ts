import pino from "pino";

/**
 * The process's log: JSON lines. Keys, tokens, cookies and addresses are cut out wherever they
 * stand in an object.
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
