"use client";

import { Alert } from "@/components/ui/content/alert";
import { Button } from "@/components/ui/controls/button";
import { CopyButton } from "@/components/ui/controls/copy-button";

/** The recovery codes, the one time that they are shown. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  return (
    <div className="flex flex-col gap-5">
      <Alert tone="good" title="Two-step sign-in is on" live>
        Your other browsers are signed out.
      </Alert>
      <div>
        <h2 className="text-lg font-semibold tracking-tight">Save your recovery codes</h2>
        <p className="mt-1 text-sm text-ink-muted">
          Each lets you in once without your phone. They are shown only now: print them, or keep
          them in your password manager.
        </p>
      </div>
      <ul
        className={
          "grid gap-x-6 gap-y-2 rounded-card border border-line bg-sunken p-5 font-mono text-sm " +
          "sm:grid-cols-2"
        }
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton value={codes.join("\n")} label="Copy all" />
        <Button variant="primary" onClick={onDone}>
          I have saved them
        </Button>
      </div>
    </div>
  );
}
