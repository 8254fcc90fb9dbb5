"use client";

import { Columns3 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/controls/button";
import { Menu, MenuChecks } from "@/components/ui/overlays/menu";
import { columnsCookie, withHidden } from "./columns";

export type ColumnChoice = { key: string; label: string };

type ColumnsMenuProps = { list: string; columns: readonly ColumnChoice[]; hidden: string[] };

/** Which columns a list has; kept in this browser, also for the next visit. */
export function ColumnsMenu({ list, columns, hidden }: ColumnsMenuProps) {
  const router = useRouter();
  const [left, setLeft] = useState(hidden);
  const choose = (key: string, isShown: boolean) => {
    const next = isShown ? left.filter((one) => one !== key) : [...left, key];
    setLeft(next);
    remember(list, next);
    router.refresh();
  };
  return (
    <Menu
      label="Columns"
      trigger={
        <Button
          aria-label="Columns"
          icon={<Columns3 aria-hidden="true" />}
          className="max-sm:hidden"
        >
          Columns
        </Button>
      }
    >
      <MenuChecks
        label="Columns"
        choices={columns.map(({ key, label }) => ({
          value: key,
          label,
          checked: !left.includes(key),
        }))}
        onChoose={choose}
      />
    </Menu>
  );
}

function remember(list: string, keys: readonly string[]): void {
  const secure = window.location.protocol === "https:";
  const name = columnsCookie(secure);
  const kept = document.cookie
    .split("; ")
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  document.cookie =
    `${name}=${withHidden(kept, list, keys)}; Path=/; SameSite=Lax; Max-Age=31536000` +
    (secure ? "; Secure" : "");
}
