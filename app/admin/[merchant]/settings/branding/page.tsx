import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SettingsForm } from "@/components/forms/settings-form";
import { Card } from "@/components/ui/content/card";
import { Checkbox } from "@/components/ui/controls/choice";
import { ColorField } from "@/components/ui/controls/color-field";
import { Field } from "@/components/ui/controls/field";
import { FileDrop } from "@/components/ui/controls/file-drop";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import { LOGO_MAX_BYTES } from "@/lib/merchants/schema";
import { saveBranding } from "./actions";

export const metadata: Metadata = { title: "Branding" };

export default async function BrandingPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "settings.edit");
  const shop = await merchantProfile(scope);
  if (shop.isSandbox) redirect(adminPaths(shop.twinSlug ?? slug).branding);
  return (
    <>
      <PageHeader
        title="Branding"
        description="The colour and logo your customers and their friends see."
      />
      <SettingsForm action={saveBranding.bind(null, slug)} className="max-w-2xl">
        <Card className="flex flex-col gap-6">
          <ColorField name="accentColor" label="Accent colour" defaultValue={shop.accentColor} />
          {shop.logoUrl ? (
            <div className="flex flex-wrap items-center gap-5">
              {/* Small, and served as it was uploaded. */}
              <img
                src={shop.logoUrl}
                alt={`Logo of ${shop.name}`}
                className="h-14 max-w-48 rounded-control bg-sunken object-contain p-1"
              />
              <Checkbox key={shop.logoUrl} name="removeLogo" label="Remove this logo" />
            </div>
          ) : null}
          <Field name="logo" label={shop.logoUrl ? "New logo" : "Logo"} optional>
            {/* Keyed by the logo: once it has changed, the file chosen for it is forgotten. */}
            <FileDrop
              key={shop.logoUrl}
              accept="image/png,image/jpeg,image/webp"
              maxBytes={LOGO_MAX_BYTES}
              hint="PNG, JPEG or WebP, up to 256 KB"
              tooLarge="The image must be 256 KB or smaller."
            />
          </Field>
        </Card>
      </SettingsForm>
    </>
  );
}
