/** Channels that are opened by a URL. */
export type SharedChannel = "whatsapp" | "x" | "facebook" | "telegram" | "sms" | "email";

/**
 * The URL that opens a channel with a message ready to send.
 * @param share.link the share link with its channel; it comes last, where previews look for it
 */
export function shareAddress(
  channel: SharedChannel,
  share: { link: string; text: string; subject: string },
): string {
  const link = encodeURIComponent(share.link);
  const text = encodeURIComponent(share.text);
  const both = encodeURIComponent(`${share.text} ${share.link}`);
  switch (channel) {
    case "whatsapp":
      return `https://wa.me/?text=${both}`;
    case "telegram":
      return `https://t.me/share/url?url=${link}&text=${text}`;
    case "facebook":
      return `https://www.facebook.com/sharer/sharer.php?u=${link}`;
    case "x":
      return `https://x.com/intent/post?text=${text}&url=${link}`;
    // "?&" is what both iOS and Android take for a text without a number.
    case "sms":
      return `sms:?&body=${both}`;
    case "email":
      return (
        `mailto:?subject=${encodeURIComponent(share.subject)}` +
        `&body=${encodeURIComponent(`${share.text}\r\n\r\n${share.link}`)}`
      );
  }
}
