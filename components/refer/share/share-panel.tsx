"use client";

import { type ReactNode, useState } from "react";
import { Disclosure } from "@/components/ui/content/disclosure";
import { CopyButton, CopyField } from "@/components/ui/controls/copy-button";
import type { FormAction } from "@/lib/core/action-result";
import { MessageForm } from "./message-form";
import { QrCode } from "./qr-code";
import type { SharedChannel } from "./share-address";
import { ShareChannels } from "./share-channels";

type SharePanelWords = Record<
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

/**
 * Everything to share with: link, code, message, channels and QR. Each way carries its channel in
 * the link.
 */
export function SharePanel(props: SharePanelProps) {
  const { words, link, code, suggestion, qr, qrPath, onShare, saveMessage } = props;
  const [message, setMessage] = useState(props.message);
  const count = (channel: string) => void onShare(channel);
  return (
    <div className="flex flex-col gap-6">
      <ShareLink words={words} link={link} onCopied={() => count("copy")} />
      <ShareChannels
        words={words}
        link={link}
        text={message.trim() || suggestion}
        onShare={count}
      />
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
      <Disclosure summary={words.message}>
        <MessageForm
          words={words}
          action={saveMessage}
          message={message}
          suggestion={suggestion}
          onChange={setMessage}
        />
      </Disclosure>
      <QrCode words={words} path={qrPath} onDownload={() => count("qr")}>
        {qr}
      </QrCode>
    </div>
  );
}

type ShareLinkProps = Pick<SharePanelProps, "words" | "link"> & { onCopied: () => void };

function ShareLink({ words, link, onCopied }: ShareLinkProps) {
  return (
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
            onCopied={onCopied}
          />
        </div>
      </div>
    </div>
  );
}
