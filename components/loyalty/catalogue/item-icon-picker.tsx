import { Fieldset } from "@/components/ui/controls/field";
import { cx } from "@/components/ui/cx";
import { ITEM_ICONS } from "@/lib/loyalty/catalogue/schema/item";
import type { ItemForm } from "@/lib/loyalty/catalogue/schema/item-form";
import { CatalogueIcon, ITEM_ICON_NAMES } from "./item-icon";

/** The picture, chosen by sight. */
export function ItemIconPicker({ chosen, color }: { chosen: ItemForm["icon"]; color: string }) {
  return (
    <Fieldset legend="Picture" name="icon">
      <div className="flex max-w-xs flex-wrap gap-2">
        {ITEM_ICONS.map((icon) => (
          <label
            key={icon}
            title={ITEM_ICON_NAMES[icon]}
            className={cx(
              "relative cursor-pointer rounded-control p-0.5 has-checked:ring-2",
              "has-checked:ring-accent-mark has-focus-visible:outline-2",
            )}
          >
            <input
              type="radio"
              name="icon"
              value={icon}
              defaultChecked={icon === chosen}
              aria-label={ITEM_ICON_NAMES[icon]}
              className="absolute inset-0 size-full appearance-none"
            />
            <CatalogueIcon icon={icon} color={color} size="sm" />
          </label>
        ))}
      </div>
    </Fieldset>
  );
}
