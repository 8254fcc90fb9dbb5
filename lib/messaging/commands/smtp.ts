import { createTransport } from "nodemailer";
import { environment } from "@/lib/core/env";

/** An email ready to go, whoever it is for. */
export type OutgoingEmail = {
  /** Ours; becomes the Message-ID, so that programs recognise an email sent twice as one. */
  id: string;
  to: string;
  /** The shop's name, shown as the sender. */
  fromName: string | null;
  replyTo: string | null;
  subject: string;
  text: string;
  html: string;
  /** One-click address (RFC 8058), for email that can be unsubscribed from. */
  oneClickUrl: string | null;
};

/** Passes an email to the server. @throws when the server refuses it */
export type SendEmail = (email: OutgoingEmail) => Promise<void>;

/** Sending by SMTP_URL, or null without one: then email is kept to be read in the dashboard. */
export function smtpSender(): SendEmail | null {
  const { SMTP_URL: url, MAIL_FROM: from } = environment();
  if (!url || !from) return null;
  return smtpSenderFor(url, from);
}

/** @param from "Goodword <no-reply@example.com>" or the address alone */
export function smtpSenderFor(url: string, from: string): SendEmail {
  const transport = createTransport(url, { from });
  const address = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();
  const host = address.slice(address.lastIndexOf("@") + 1);
  return async (email) => {
    await transport.sendMail({
      messageId: `<${email.id}@${host}>`,
      from: email.fromName ? { name: email.fromName, address } : from,
      to: email.to,
      subject: email.subject,
      text: email.text,
      html: email.html,
      ...(email.replyTo && { replyTo: email.replyTo }),
      ...(email.oneClickUrl && {
        headers: {
          "List-Unsubscribe": `<${email.oneClickUrl}>`,
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
