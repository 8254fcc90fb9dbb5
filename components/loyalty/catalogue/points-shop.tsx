"use client";

import { Check, Lock } from "lucide-react";
import { useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Disclosure } from "@/components/ui/content/disclosure";
import { Button, ButtonLink } from "@/components/ui/controls/button";
import { CopyField } from "@/components/ui/controls/copy-button";
import { cx } from "@/components/ui/cx";
import { Dialog } from "@/components/ui/overlays/dialog";
import { CatalogueCard } from "./catalogue-card";
import { CatalogueIcon } from "./item-icon";
import type { FormAction } from "@/lib/core/action-result";

/** An item in the reader's words. */
export type ShopItem = {
  id: string;
  icon: string;
  color: string;
  name: string;
  about: string;
  price: string;
  /** What stands in the way, or how few are left. */
  note: string | null;
  locked: boolean;
  /** Can be had now; then what is asked before it is. */
  offer: { title: string; body: string; confirm: string } | null;
};

/** What was just redeemed. */
export type ShopGot = {
  name: string;
  code: string | null;
  line: string;
  left: string;
  receiptHref: string;
};

type CatalogueShopProps = {
  items: readonly ShopItem[];
  /** How many stand open. */
  open: number;
  action: FormAction<ShopGot>;
  /** `doneTitle` has the item's name in place of %s. */
  words: {
    more: string;
    get: string;
    notNow: string;
    doneTitle: string;
    done: string;
    receipt: string;
    code: string;
    copy: string;
    copied: string;
  };
};

/** The rewards that points buy: one question before points are spent, and the result after it. */
export function CatalogueShop({ items, open: most, action, words }: CatalogueShopProps) {
  const [asked, setAsked] = useState<{ item: ShopItem; requestKey: string } | null>(null);
  const [got, setGot] = useState<ShopGot | null>(null);
  const [open, setOpen] = useState(false);
  const ask = (item: ShopItem) => {
    // The same key for every try: a second press, or an answer that got lost, buys nothing twice.
    setAsked({ item, requestKey: randomKey() });
    setGot(null);
    setOpen(true);
  };
  return (
    <>
      <ShopCards items={items.slice(0, most)} getLabel={words.get} onAsk={ask} />
      {items.length > most ? (
        <Disclosure summary={words.more} flush>
          <ShopCards items={items.slice(most)} getLabel={words.get} onAsk={ask} />
        </Disclosure>
      ) : null}
      {asked ? (
        <Dialog
          title={
            got
              ? words.doneTitle.replace("%s", got.name)
              : (asked.item.offer?.title ?? asked.item.name)
          }
          open={open}
          onOpenChange={setOpen}
          size="sm"
        >
          {(close) =>
            got ? (
              <Done got={got} item={asked.item} words={words} close={close} />
            ) : (
              <ActionForm action={action} onSuccess={setGot}>
                <input type="hidden" name="itemId" value={asked.item.id} />
                <input type="hidden" name="requestKey" value={asked.requestKey} />
                <div className="flex items-center gap-4">
                  <CatalogueIcon icon={asked.item.icon} color={asked.item.color} />
                  <p className="figure text-sm/6">{asked.item.offer?.body}</p>
                </div>
                <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
                  <Button onClick={close}>{words.notNow}</Button>
                  <SubmitButton variant="primary">{asked.item.offer?.confirm}</SubmitButton>
                </div>
              </ActionForm>
            )
          }
        </Dialog>
      ) : null}
    </>
  );
}

type ShopCardsProps = {
  items: readonly ShopItem[];
  getLabel: string;
  onAsk: (item: ShopItem) => void;
};

function ShopCards({ items, getLabel, onAsk }: ShopCardsProps) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {items.map((item) => (
        <li key={item.id}>
          <ShopCard item={item} getLabel={getLabel} onAsk={() => onAsk(item)} />
        </li>
      ))}
    </ul>
  );
}

function ShopCard({
  item,
  getLabel,
  onAsk,
}: {
  item: ShopItem;
  getLabel: string;
  onAsk: () => void;
}) {
  const { icon, color, name, about, price, note, locked, offer } = item;
  return (
    <CatalogueCard
      icon={icon}
      color={color}
      name={name}
      about={about}
      price={price}
      quiet={offer === null}
      note={
        note === null ? null : (
          <>
            {locked ? <Lock aria-hidden="true" /> : null}
            {note}
          </>
        )
      }
      action={
        offer ? (
          <Button variant="primary" aria-label={`${getLabel}: ${name}`} onClick={onAsk}>
            {getLabel}
          </Button>
        ) : null
      }
    />
  );
}

function Done({
  got,
  item,
  words,
  close,
}: {
  got: ShopGot;
  item: ShopItem;
  words: CatalogueShopProps["words"];
  close: () => void;
}) {
  return (
    <div className="flex flex-col gap-5">
      <div role="status" className="flex items-center gap-4">
        <span className="relative motion-safe:animate-appear">
          <CatalogueIcon icon={item.icon} color={item.color} />
          <span
            className={cx(
              "absolute -right-1.5 -bottom-1.5 grid size-5 place-items-center",
              "rounded-full bg-good text-surface ring-2 ring-surface",
            )}
          >
            <Check aria-hidden="true" className="size-3.5 stroke-3" />
          </span>
        </span>
        <p className="figure text-sm/6">
          {got.line} {got.left}
        </p>
      </div>
      {got.code ? (
        <CopyField
          name={words.code}
          value={got.code}
          label={words.copy}
          copiedLabel={words.copied}
          size="lg"
        />
      ) : null}
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <ButtonLink href={got.receiptHref}>{words.receipt}</ButtonLink>
        <Button variant="primary" onClick={close}>
          {words.done}
        </Button>
      </div>
    </div>
  );
}

/** Also where a page came over plain http, which has no randomUUID. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
