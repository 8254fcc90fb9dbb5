"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/content/badge";
import { QrFrame } from "@/components/ui/content/qr-frame";
import { TextLink } from "@/components/ui/controls/button";
import { CopyButton } from "@/components/ui/controls/copy-button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { Section } from "@/components/ui/page/page-header";
import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { RecoveryCodes } from "./recovery-codes";

export type TwoStepState =
  | { kind: "off"; hasPassword: boolean }
  /** `qr` is drawn as SVG; `address` opens an app on this device, `secret` is typed into one. */
  | { kind: "begun"; qr: string; address: string; secret: string }
  | { kind: "on"; recoveryCodes: number };

type TwoStepPanelProps = {
  state: TwoStepState;
  email: string;
  actions: {
    begin: FormAction;
    confirm: FormAction<{ codes: string[] }>;
    replaceCodes: FormAction<{ codes: string[] }>;
    end: FormAction;
  };
};

/** Sets two-step sign-in up, shows the recovery codes once, and turns it off again. */
export function TwoStepPanel({ state, email, actions }: TwoStepPanelProps) {
  const [codes, setCodes] = useState<string[] | null>(null);
  // Shown here and not after a render, because the answer replaces the form on the page.
  const showing =
    (action: FormAction<{ codes: string[] }>): FormAction<{ codes: string[] }> =>
    async (previous, form) => {
      const result = await action(previous, form);
      if (result.ok) setCodes(result.data.codes);
      return result;
    };
  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
  if (state.kind === "off")
    return <Begin action={actions.begin} email={email} hasPassword={state.hasPassword} />;
  if (state.kind === "begun") return <Confirm state={state} action={showing(actions.confirm)} />;
  return (
    <Manage
      left={state.recoveryCodes}
      replaceCodes={showing(actions.replaceCodes)}
      end={actions.end}
    />
  );
}

type BeginProps = { action: FormAction; email: string; hasPassword: boolean };

function Begin({ action, email, hasPassword }: BeginProps) {
  return (
    <ActionForm action={action}>
      {hasPassword ? (
        <>
          <input
            type="email"
            name="username"
            autoComplete="username"
            value={email}
            readOnly
            hidden
          />
          <Field name="password" label="Your password" required hint="To make sure it’s you.">
            <Input type="password" autoComplete="current-password" />
          </Field>
        </>
      ) : null}
      <SubmitButton size="lg" block>
        Set up two-step sign-in
      </SubmitButton>
    </ActionForm>
  );
}

type ConfirmProps = {
  state: Extract<TwoStepState, { kind: "begun" }>;
  action: FormAction<{ codes: string[] }>;
};

function Confirm({ state, action }: ConfirmProps) {
  return (
    <div className="flex flex-col gap-6">
      <Section title="1. Add Goodword to your app" description="Scan this with the app.">
        <div className="flex flex-col items-start gap-4">
          <QrFrame>
            <div
              role="img"
              aria-label="QR code for your authenticator app"
              dangerouslySetInnerHTML={{ __html: state.qr }}
            />
          </QrFrame>
          <p className="text-sm text-ink-muted">
            On this phone already?{" "}
            <TextLink href={state.address} prefetch={false}>
              Open your app
            </TextLink>
            . Or enter this key by hand:
          </p>
          <code className="font-mono text-sm">{state.secret}</code>
          <CopyButton value={state.secret} label="Copy key" size="sm" />
        </div>
      </Section>
      <Section title="2. Enter the code that it shows">
        <ActionForm action={action}>
          <Field name="code" label="Six-digit code" required>
            <Input
              large
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
              className="font-mono tracking-[0.2em]"
            />
          </Field>
          <SubmitButton size="lg" block>
            Turn on
          </SubmitButton>
        </ActionForm>
      </Section>
    </div>
  );
}

type ManageProps = {
  left: number;
  replaceCodes: FormAction<{ codes: string[] }>;
  end: FormAction;
};

function Manage({ left, replaceCodes, end }: ManageProps) {
  return (
    <div className="flex flex-col gap-8">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone="good">On</Badge>
        {left === 1 ? "1 recovery code left." : `${left} recovery codes left.`}
      </p>
      <Section
        title="New recovery codes"
        description="The old ones stop working, and other browsers are signed out."
      >
        <ActionForm action={replaceCodes}>
          <ProofField />
          <SubmitButton variant="secondary">Make new recovery codes</SubmitButton>
        </ActionForm>
      </Section>
      <Section
        title="Turn off"
        description="Your password, or a link by email, is then enough to sign in as you."
      >
        <ActionForm action={end}>
          <ProofField />
          <SubmitButton variant="danger">Turn off two-step sign-in</SubmitButton>
        </ActionForm>
      </Section>
    </div>
  );
}

function ProofField() {
  return (
    <Field
      name="proof"
      label="Your password or a code"
      required
      hint="From your app, or a recovery code."
    >
      <Input type="password" autoComplete="off" />
    </Field>
  );
}
