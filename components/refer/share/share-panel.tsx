"use client";

import { Download, Mail, MessageSquare, Share2 } from "lucide-react";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Button, buttonClass } from "@/components/ui/controls/button";
import { CopyButton, CopyField } from "@/components/ui/controls/copy-button";
import { Disclosure } from "@/components/ui/content/disclosure";
import { Field } from "@/components/ui/controls/field";
import { Textarea } from "@/components/ui/controls/input";
import { QrFrame } from "@/components/ui/content/qr-frame";
import { FacebookMark, TelegramMark, WhatsAppMark, XMark } from "./channel-marks";
import { shareAddress, type SharedChannel } from "./share-address";

export type SharePanelWords = Record<
  | "link"
  | "code"
  | "codeHint"
  | "copyLink"
  | "copyCode"
  | "copied"
  | "native"
  | "message"
  | "messageHint"
  | "messageSave"
  | "messageSaved"
  | "messageReset"
  | "emailSubject"
  | "via"
  | "qr"
  | "qrHint"
  | "downloadSvg"
  | "downloadPng"
  | SharedChannel,
  string
>;

type SharePanelProps = {
  words: SharePanelWords;
  /** The share link without a channel. */
  link: string;
  code: string;
  /** What the message box starts with, and what it can go back to. */
  message: string;
  suggestion: string;
  /** The QR code, drawn. */
  qr: ReactNode;
  /** Where the QR code is downloaded, without its ending. */
  qrPath: string;
  /** Counts a share by its channel. */
  onShare: (channel: string) => Promise<void>;
  saveMessage: FormAction;
};

const CHANNELS: { channel: SharedChannel; mark: ReactNode }[] = [
  { channel: "whatsapp", mark: <WhatsAppMark /> },
  { channel: "sms", mark: <MessageSquare aria-hidden="true" /> },
  { channel: "email", mark: <Mail aria-hidden="true" /> },
  { channel: "telegram", mark: <TelegramMark /> },
  { channel: "facebook", mark: <FacebookMark /> },
  { channel: "x", mark: <XMark /> },
];

/**
 * Everything to share with: link, code, message, channels and QR. Each way carries its channel in
 * the link.
 */
export function SharePanel(props: SharePanelProps) {
  const { words, link, code, suggestion, qr, qrPath, onShare, saveMessage } = props;
  const [message, setMessage] = useState(props.message);
  const canShare = useCanShare();
  const count = (channel: string) => void onShare(channel);
  const text = message.trim() || suggestion;

  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-2">
        <p className="text-sm font-medium">{words.link}</p>
        <div className="flex min-w-0 flex-wrap items-stretch gap-2">
          <input
            readOnly
            aria-label={words.link}
            value={link}
            onFocus={(event) => event.currentTarget.select()}
            className="control min-h-12 min-w-0 flex-[1_1_14rem] truncate px-3 font-mono text-sm"
          />
          <div className="flex-[1_0_auto]">
            <CopyButton
              variant="primary"
              size="lg"
              block
              value={`${link}?c=copy`}
              label={words.copyLink}
              copiedLabel={words.copied}
              onCopied={() => count("copy")}
            />
          </div>
        </div>
      </div>
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
                onClick={() => void shareByPhone(text, `${link}?c=native`, () => count("native"))}
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
                onClick={() => count(channel)}
                className={
                  "flex flex-col items-center gap-1 rounded-control border border-line-strong bg-raised px-1 py-2.5 " +
                  "text-xs font-medium transition-colors hover:bg-sunken active:bg-line [&_svg]:size-5"
                }
              >
                {mark}
                {words[channel]}
              </a>
            </li>
          ))}
        </ul>
      </div>
      <ActionForm action={saveMessage} successMessage={words.messageSaved} className="gap-3">
        <Field name="message" label={words.message} hint={words.messageHint}>
          <Textarea
            rows={3}
            maxLength={400}
            value={message}
            onChange={(event) => setMessage(event.currentTarget.value)}
          />
        </Field>
        <div className="flex flex-wrap gap-2">
          <SubmitButton variant="secondary" size="sm">
            {words.messageSave}
          </SubmitButton>
          {message !== suggestion ? (
            <Button variant="quiet" size="sm" onClick={() => setMessage(suggestion)}>
              {words.messageReset}
            </Button>
          ) : null}
        </div>
      </ActionForm>
      <div className="flex flex-col gap-2">
        <p className="text-sm font-medium">{words.code}</p>
        <CopyField
          name={words.code}
          value={code}
          label={words.copyCode}
          copiedLabel={words.copied}
          onCopied={() => count("copy")}
        />
        <p className="text-[0.8125rem]/5 text-ink-muted">{words.codeHint}</p>
      </div>
      <Disclosure summary={words.qr}>
        <div className="flex flex-wrap items-center gap-5">
          <QrFrame>{qr}</QrFrame>
          <div className="flex flex-col items-start gap-2">
            <p>{words.qrHint}</p>
            {(["svg", "png"] as const).map((format) => (
              <a
                key={format}
                href={`${qrPath}/${format}`}
                download
                onClick={() => count("qr")}
                className={buttonClass({ size: "sm" })}
              >
                <Download aria-hidden="true" />
                {format === "svg" ? words.downloadSvg : words.downloadPng}
              </a>
            ))}
          </div>
        </div>
      </Disclosure>
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
