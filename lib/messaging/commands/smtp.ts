import { createTransport } from "nodemailer";
import { environment } from "@/lib/core/env";

/** A mail ready to go, whoever it is for. */
export type OutgoingMail = {
  /** Ours; becomes the Message-ID, so that a mail sent twice after a crash is recognised as one. */
  id: string;
  to: string;
  /** The shop's name, shown as the sender. */
  fromName: string | null;
  replyTo: string | null;
  subject: string;
  text: string;
  html: string;
  /** One-click address (RFC 8058), for mail that can be unsubscribed from. */
  oneClickUrl: string | null;
};

/** Hands a mail to the mail server. Throws when it was not taken. */
export type SendMail = (mail: OutgoingMail) => Promise<void>;

/** Sending by SMTP_URL, or null without one: then mail is kept to be read in the dashboard. */
export function smtpSender(): SendMail | null {
  const { SMTP_URL: url, MAIL_FROM: from } = environment();
  if (!url || !from) return null;
  return smtpSenderFor(url, from);
}

/** @param from "Goodword <no-reply@example.com>" or the address alone */
export function smtpSenderFor(url: string, from: string): SendMail {
  const transport = createTransport(url, { from });
  const address = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();
  const host = address.slice(address.lastIndexOf("@") + 1);
  return async (mail) => {
    await transport.sendMail({
      messageId: `<${mail.id}@${host}>`,
      from: mail.fromName ? { name: mail.fromName, address } : from,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      ...(mail.replyTo && { replyTo: mail.replyTo }),
      ...(mail.oneClickUrl && {
        headers: {
          "List-Unsubscribe": `<${mail.oneClickUrl}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
      }),
    });
  };
}

/**
 * True when trying again is pointless: the server said for good (5xx) that it knows no such
 * recipient.
 */
export function isRefusedRecipient(error: unknown): boolean {
  const { responseCode, command } = (error ?? {}) as { responseCode?: number; command?: string };
  return (
    command === "RCPT TO" && responseCode !== undefined && responseCode >= 500 && responseCode < 600
  );
}
