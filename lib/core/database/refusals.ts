const CERTIFICATE = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
]);
const NOBODY_THERE = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOENT",
]);

/**
 * One line of what is wrong with a connection and what to do about it, where we know; else the
 * error as it was.
 * @param variable which setting holds the address
 */
export function explainRefusal(error: unknown, address: string, variable: string): unknown {
  const words = wordsFor(error, address);
  return words === null ? error : new Error(`${variable}: ${words}`, { cause: error });
}

function wordsFor(error: unknown, address: string): string | null {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  const { host, pathname, username } = new URL(address);
  const user = decodeURIComponent(username);
  const database = decodeURIComponent(pathname.slice(1));
  if (NOBODY_THERE.has(code)) return `no PostgreSQL server answers at ${host} (${code}).`;
  if (code === "3D000") {
    return (
      `the database ${database} is not there. To make it: ` +
      `CREATE DATABASE "${database}" OWNER "${user}" ENCODING 'UTF8' TEMPLATE template0`
    );
  }
  if (code === "28P01" || code === "28000") {
    return `the server does not let ${user} in (${message}). Check the user and the password.`;
  }
  if (CERTIFICATE.has(code)) {
    return (
      `the certificate of ${host} is not trusted (${code}). Name its authority with ` +
      "sslrootcert=/path/to/ca.pem in the address; in a network that you trust, sslmode=no-verify."
    );
  }
  if (/does not support SSL/.test(message)) {
    return `${host} speaks no TLS: turn it on there, or take sslmode out of the address.`;
  }
  if (code === "53300") return `${host} has no connection left (max_connections).`;
  return null;
}
