type ShopBrandProps = { name: string; logoUrl: string | null };

/** Whose page this is: the shop's logo, or its name where it has none. */
export function ShopBrand({ name, logoUrl }: ShopBrandProps) {
  if (!logoUrl)
    return <span className="min-w-0 truncate text-base font-semibold tracking-tight">{name}</span>;
  // Logos are small, checked when uploaded and served by us; an image pipeline would only add a
  // detour.
  return <img src={logoUrl} alt={name} className="h-9 max-w-44 object-contain object-left" />;
}
