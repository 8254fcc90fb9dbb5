"use client";

import { type ReactNode, useState } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { type Asset, assetCode, parseMoney, POINTS } from "@/lib/core/money";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Field } from "@/components/ui/controls/field";
import { moneyText } from "../ui/format";
import { Input, Select, Textarea } from "@/components/ui/controls/input";
import { useToast } from "@/components/ui/overlays/toast";

/** What someone has of an asset, less what they owe; minor units in decimal digits. */
export type ShownBalance = { asset: Asset; minor: string };

type BalanceDialogProps = {
  action: FormAction<null>;
  customerId: string;
  /** The shop's currency and points, whether there is any of them or not. */
  balances: readonly ShownBalance[];
  /** An idempotency key: the same request sent twice is done once. */
  requestKey: string;
  trigger: ReactNode;
};

/** Adds to a balance or takes from it, with a reason; says what the balance will be. */
export function AdjustDialog(props: BalanceDialogProps) {
  const [direction, setDirection] = useState("add");
  return (
    <BalanceDialog
      {...props}
      title="Adjust the balance"
      sign={direction === "add" ? 1n : -1n}
      done="Balance adjusted."
      submit="Adjust"
      description="A one-off correction or gift. Recorded in the ledger and the audit log."
      lead={
        <RadioGroup
          name="direction"
          legend="Direction"
          hideLegend
          look="segments"
          value={direction}
          onValueChange={setDirection}
          choices={[
            { value: "add", label: "Add" },
            { value: "take", label: "Take" },
          ]}
        />
      }
    />
  );
}

/** Moves a part of a balance to another customer, with a reason. */
export function MoveBalanceDialog(props: BalanceDialogProps) {
  return (
    <BalanceDialog
      {...props}
      title="Move to another customer"
      sign={-1n}
      done="Balance moved."
      submit="Move"
      description="Expiry dates are kept. Both customers see the change."
      lead={
        <Field
          name="to"
          label="To"
          required
          hint="Your ID of the customer, or the ID in the address of their page."
        >
          <Input maxLength={254} autoComplete="off" spellCheck={false} />
        </Field>
      }
    />
  );
}

type Inner = BalanceDialogProps & {
  title: string;
  description: string;
  lead: ReactNode;
  sign: 1n | -1n;
  done: string;
  submit: string;
};

function BalanceDialog({
  action,
  customerId,
  balances,
  requestKey,
  trigger,
  title,
  description,
  lead,
  sign,
  done,
  submit,
}: Inner) {
  const toast = useToast();
  const [code, setCode] = useState(
    balances.find(({ minor }) => minor !== "0")?.asset ?? balances[0]!.asset,
  );
  const [amount, setAmount] = useState("");
  const balance = balances.find(({ asset }) => asset === code) ?? balances[0]!;
  const typed = minorOf(amount, balance.asset);
  return (
    <Dialog
      title={title}
      description={description}
      trigger={trigger}
      onOpenChange={() => setAmount("")}
    >
      {(close) => (
        <ActionForm
          action={action}
          onSuccess={() => {
            toast({ message: done, tone: "good" });
            close();
          }}
        >
          <input type="hidden" name="customerId" value={customerId} />
          <input type="hidden" name="key" value={requestKey} />
          {lead}
          <AmountFields {...{ balances, code, setCode, amount, setAmount }} />
          <Field name="reason" label="Reason" required hint="Shown to your team.">
            <Textarea rows={2} maxLength={300} className="min-h-16" />
          </Field>
          <Preview balance={balance} typed={typed} sign={sign} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>{submit}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}

type AmountFieldsProps = {
  balances: readonly ShownBalance[];
  code: Asset;
  setCode: (code: Asset) => void;
  amount: string;
  setAmount: (amount: string) => void;
};

function AmountFields({ balances, code, setCode, amount, setAmount }: AmountFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="asset" label="Balance">
        <Select
          value={code}
          onChange={(event) => setCode(event.target.value as Asset)}
          options={balances.map(({ asset }) => ({
            value: asset,
            label: asset === POINTS ? "Points" : assetCode(asset),
          }))}
        />
      </Field>
      <Field name="amount" label="Amount" required>
        <Input
          inputMode="decimal"
          autoComplete="off"
          className="figure"
          maxLength={24}
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
      </Field>
    </div>
  );
}

type PreviewProps = { balance: ShownBalance; typed: bigint | null; sign: 1n | -1n };

/** What the balance is now, and what it will be. */
function Preview({ balance, typed, sign }: PreviewProps) {
  const now = BigInt(balance.minor);
  const after = now + sign * (typed ?? 0n);
  const text = (minor: bigint) => moneyText({ minor, asset: balance.asset }, "en");
  return (
    <p className="figure rounded-control bg-sunken px-3 py-2 text-sm" aria-live="polite">
      {typed === null ? (
        <>Now {text(now)}</>
      ) : after < 0n && sign < 0n ? (
        <>Now {text(now)}. You can’t take more than that.</>
      ) : (
        <>
          Now {text(now)}, then <strong className="font-semibold">{text(after)}</strong>
        </>
      )}
    </p>
  );
}

/** Null for what is no amount (yet). */
function minorOf(text: string, asset: Asset): bigint | null {
  try {
    const { minor } = parseMoney(text, asset);
    return minor > 0n ? minor : null;
  } catch {
    return null;
  }
}
