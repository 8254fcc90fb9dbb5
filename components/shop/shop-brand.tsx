type ShopBrandProps = { name: string; logoUrl: string | null };

/** Whose page this is: the shop's logo, or its name behind its first letter where it has none. */
export function ShopBrand({ name, logoUrl }: ShopBrandProps) {
  if (!logoUrl)
    return (
      <span className="flex min-w-0 items-center gap-2.5">
        <span
          aria-hidden="true"
          className={
            "grid size-9 shrink-0 place-items-center rounded-control bg-accent " +
            "text-lg font-semibold text-accent-ink"
          }
        >
          {[...name.trim()][0]?.toLocaleUpperCase()}
        </span>
        <span className="min-w-0 text-base [overflow-wrap:anywhere] font-semibold tracking-tight">
          {name}
        </span>
      </span>
    );
  // Logos are small, checked when uploaded and served by us; an image pipeline would only add a
  // detour.
  return <img src={logoUrl} alt={name} className="h-9 max-w-44 object-contain object-left" />;
}
