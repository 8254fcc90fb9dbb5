"use client";

import { Mail, MessageSquare, Share2 } from "lucide-react";
import { type ReactNode, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/controls/button";
import { cx } from "@/components/ui/cx";
import { FacebookMark, TelegramMark, WhatsAppMark, XMark } from "./channel-marks";
import { shareAddress, type SharedChannel } from "./share-address";

type ShareChannelsProps = {
  words: Record<"native" | "emailSubject" | "via" | SharedChannel, string>;
  link: string;
  text: string;
  onShare: (channel: string) => void;
};

const CHANNELS: { channel: SharedChannel; mark: ReactNode }[] = [
  { channel: "whatsapp", mark: <WhatsAppMark /> },
  { channel: "sms", mark: <MessageSquare aria-hidden="true" /> },
  { channel: "email", mark: <Mail aria-hidden="true" /> },
  { channel: "telegram", mark: <TelegramMark /> },
  { channel: "facebook", mark: <FacebookMark /> },
  { channel: "x", mark: <XMark /> },
];

/** The ways to send the link: the phone's own share sheet where it has one, then each channel. */
export function ShareChannels({ words, link, text, onShare }: ShareChannelsProps) {
  const canShare = useCanShare();
  return (
    <div>
      <p className="mb-2 text-sm font-medium">{words.via}</p>
      <ul className="grid grid-cols-3 gap-2 sm:grid-cols-6">
        {canShare ? (
          <li className="col-span-3 sm:col-span-6">
            <Button
              variant="primary"
              size="lg"
              block
              icon={<Share2 aria-hidden="true" />}
              onClick={() => void shareByPhone(text, `${link}?c=native`, () => onShare("native"))}
            >
              {words.native}
            </Button>
          </li>
        ) : null}
        {CHANNELS.map(({ channel, mark }) => (
          <li key={channel}>
            <a
              href={shareAddress(channel, {
                link: `${link}?c=${channel}`,
                text,
                subject: words.emailSubject,
              })}
              target="_blank"
              rel="noopener noreferrer"
              onClick={() => onShare(channel)}
              className={cx(
                "flex flex-col items-center gap-1 rounded-control border border-line-strong",
                "bg-raised px-1 py-2.5 text-xs font-medium transition-colors hover:bg-sunken",
                "active:bg-line [&_svg]:size-5",
              )}
            >
              {mark}
              {words[channel]}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The phone's own share sheet; a share counts once it was not called off. */
async function shareByPhone(text: string, url: string, done: () => void): Promise<void> {
  try {
    await navigator.share({ text, url });
    done();
  } catch {
    // Called off: nothing was shared.
  }
}

/** False on the server and until hydration, so that both draw the same. */
function useCanShare(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => "share" in navigator,
    () => false,
  );
}
