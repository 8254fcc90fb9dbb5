"use client";

import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/content/disclosure";
import { QrFrame } from "@/components/ui/content/qr-frame";
import { buttonClass } from "@/components/ui/controls/button";

type QrCodeProps = {
  words: Record<"qr" | "qrHint" | "downloadSvg" | "downloadPng", string>;
  /** The QR code, drawn. */
  children: ReactNode;
  /** Where it is downloaded, without its ending. */
  path: string;
  onDownload: () => void;
};

/** The link as a QR code, to be scanned or printed. */
export function QrCode({ words, children, path, onDownload }: QrCodeProps) {
  return (
    <Disclosure summary={words.qr}>
      <div className="flex flex-wrap items-center gap-5">
        <QrFrame>{children}</QrFrame>
        <div className="flex flex-col items-start gap-2">
          <p>{words.qrHint}</p>
          {(["svg", "png"] as const).map((format) => (
            <a
              key={format}
              href={`${path}/${format}`}
              download
              onClick={onDownload}
              className={buttonClass({ size: "sm" })}
            >
              <Download aria-hidden="true" />
              {format === "svg" ? words.downloadSvg : words.downloadPng}
            </a>
          ))}
        </div>
      </div>
    </Disclosure>
  );
}
