import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeMultiplier } from "@/lib/core/values/percent";
import { dateInZone } from "@/lib/core/time";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inSandboxOf } from "@/lib/merchants/commands/in-sandbox";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { PointsCampaign } from "@/prisma/generated/client";
import { campaignStatus, keepsWhatCounted } from "./rules";
import type { CampaignForm } from "./schema";

/**
 * Creates a campaign, or changes one: all of it before it starts, its name and last day while it
 * runs. One that starts today starts now: points earned earlier today keep their amount.
 * @throws DomainError invalid_request (days that have passed), not_found, conflict (it is over, or
 * the edit would change what has already counted)
 */
export async function saveCampaign(
  scope: Scope,
  form: CampaignForm,
): Promise<{ campaignId: string }> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    if (form.programId) {
      const program = await tx.db.program.findUnique({
        where: { merchantId_id: { merchantId: tx.merchantId, id: form.programId } },
        select: { id: true },
      });
      if (!program) throw notFound("program");
    }
    const before = form.campaignId === undefined ? null : await lockCampaign(tx, form.campaignId);
    const campaign = before ? changed(before, form, tx) : begun(form, tx);
    await write(tx, campaign);
    await recordAudit(tx, {
      action: before ? "campaign.edit" : "campaign.create",
      subjectType: "points_campaign",
      subjectId: campaign.id,
      summary: summaryOf(campaign, before ? "Changed" : "Planned"),
      detail: {
        multiplierBp: campaign.multiplierBp,
        startsAt: campaign.startsAt.toISOString(),
        endsAt: campaign.endsAt.toISOString(),
        programId: campaign.programId,
      },
    });
    await inSandboxOf(tx, (sandbox) => write(sandbox, campaign));
    return { campaignId: campaign.id };
  });
}

/**
 * Ends a running campaign now; cancels one that has not started. One that is over stays as it is.
 */
export async function endCampaign(
  scope: Scope,
  { campaignId }: { campaignId: string },
): Promise<null> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    const before = await lockCampaign(tx, campaignId);
    const now = scopeNow(tx);
    const status = campaignStatus(before, now);
    if (status === "past" || status === "called_off") return null;
    const campaign =
      status === "running"
        ? { ...before, endsAt: now, updatedAt: now }
        : { ...before, state: "disabled", updatedAt: now };
    await write(tx, campaign);
    await recordAudit(tx, {
      action: "campaign.end",
      subjectType: "points_campaign",
      subjectId: campaignId,
      summary: status === "running" ? `Ended “${before.name}”` : `Cancelled “${before.name}”`,
      detail: {},
    });
    await inSandboxOf(tx, (sandbox) => write(sandbox, campaign));
    return null;
  });
}

function summaryOf({ name, multiplierBp }: PointsCampaign, verb: string): string {
  return `${verb} “${name}”: ${writeMultiplier(multiplierBp)}× points`;
}

function begun(form: CampaignForm, scope: Scope): PointsCampaign {
  const now = scopeNow(scope);
  const { name, multiplierBp, endsAt } = form;
  if (multiplierBp === undefined || form.startsAt === undefined)
    throw new DomainError("invalid_request", "Choose a start date.", "startsOn");
  return {
    merchantId: scope.merchantId,
    id: newId("cam"),
    name,
    multiplierBp,
    endsAt: checkedEnd(endsAt, now),
    startsAt: checkedStart(form.startsAt, now, scope.timeZone),
    programId: form.programId ?? null,
    state: "active",
    createdAt: now,
    updatedAt: now,
  };
}

function changed(before: PointsCampaign, form: CampaignForm, scope: Scope): PointsCampaign {
  const now = scopeNow(scope);
  const status = campaignStatus(before, now);
  if (status === "past" || status === "called_off")
    throw new DomainError("conflict", "This campaign is over. Plan a new one.");
  const after = {
    ...before,
    name: form.name,
    multiplierBp: form.multiplierBp ?? before.multiplierBp,
    startsAt: form.startsAt ?? before.startsAt,
    programId: form.programId === undefined ? before.programId : form.programId,
    endsAt: checkedEnd(form.endsAt, now),
    updatedAt: now,
  };
  if (status === "coming")
    return { ...after, startsAt: checkedStart(after.startsAt, now, scope.timeZone) };
  if (!keepsWhatCounted(before, after)) {
    throw new DomainError(
      "conflict",
      "A running campaign keeps its start, multiplier and program. End it and plan a new one.",
    );
  }
  return after;
}

function checkedStart(startsAt: Date, now: Date, timeZone: string): Date {
  if (startsAt >= now) return startsAt;
  if (dateInZone(startsAt, timeZone) === dateInZone(now, timeZone)) return now;
  throw new DomainError("invalid_request", "A campaign starts today or later.", "startsOn");
}

function checkedEnd(endsAt: Date, now: Date): Date {
  if (endsAt <= now) throw new DomainError("invalid_request", "This day has passed.", "endsOn");
  return endsAt;
}

async function lockCampaign({ db, lock, merchantId }: Tx, id: string): Promise<PointsCampaign> {
  await lock.campaigns(id);
  const campaign = await db.pointsCampaign.findUnique({
    where: { merchantId_id: { merchantId, id } },
  });
  if (!campaign) throw notFound("campaign");
  return campaign;
}

/** Test mode has the same campaign under the same id. */
async function write(tx: Tx, { merchantId: _, ...campaign }: PointsCampaign): Promise<void> {
  const { id, createdAt: __, ...changes } = campaign;
  const { merchantId } = tx;
  await tx.db.pointsCampaign.upsert({
    where: { merchantId_id: { merchantId, id } },
    update: changes,
    create: { merchantId, ...campaign },
  });
}
