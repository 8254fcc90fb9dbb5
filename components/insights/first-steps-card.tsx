import { Circle, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { FirstSteps } from "@/lib/reports/growth/first-steps";
import { Alert } from "@/components/ui/content/alert";
import { Code } from "@/components/ui/content/display";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { CopyButton, CopyField } from "@/components/ui/controls/copy-button";
import { cx } from "@/components/ui/cx";

type FirstStepsCardProps = {
  steps: FirstSteps;
  admin: AdminPaths;
  /** Where events are sent. */
  endpoint: string;
  customerPage: string | null;
  currency: string;
  mayEditPrograms: boolean;
  mayMakeKeys: boolean;
  mayEditSettings: boolean;
  /** Whether a mail server is set up. */
  sendsEmail: boolean;
};

/** What to do next in a new shop, in order; completed steps are ticked. */
export function FirstStepsCard(props: FirstStepsCardProps) {
  return (
    <Card>
      <CardHeader
        title="Getting started"
        description="Each step takes a few minutes."
        className="mb-2"
      />
      <ol className="divide-y divide-line">
        <AddressStep {...props} />
        <ProgramStep {...props} />
        <LogoStep {...props} />
        <EventsStep {...props} />
        <ShareStep {...props} />
        <MarginStep {...props} />
      </ol>
      {props.sendsEmail ? null : (
        <div className="mt-4">
          <Alert tone="warn" title="Emails are kept, not sent">
            Customers get no email until a mail server is set up (<Code>SMTP_URL</Code>). Until then
            you can read every email in the <TextLink href={props.admin.outbox}>outbox</TextLink>.
          </Alert>
        </div>
      )}
    </Card>
  );
}

function AddressStep({ steps, admin, mayEditSettings }: FirstStepsCardProps) {
  if (steps.hasWebAddress) return <Step done title="Friends know where your shop is" />;
  return (
    <Step
      done={false}
      title="Say where your shop is"
      action={settingsLink("Enter web address", admin.settings, mayEditSettings)}
    >
      Friends who accept an invitation are sent there. Without a web address, they read what to say
      at your counter.
    </Step>
  );
}

function LogoStep({ steps, admin, mayEditSettings }: FirstStepsCardProps) {
  if (steps.hasLogo) return <Step done title="Your logo is on every page" />;
  return (
    <Step
      done={false}
      title="Add your logo and color"
      action={settingsLink("Open branding", admin.branding, mayEditSettings)}
    >
      Your customers’ and friends’ pages and emails take them on.
    </Step>
  );
}

function MarginStep({ steps, admin, mayEditSettings }: FirstStepsCardProps) {
  if (steps.hasMargin) return <Step done title="ROI knows your margin" />;
  return (
    <Step
      done={false}
      title="Say what you keep of a sale"
      action={settingsLink("Enter gross margin", admin.settings, mayEditSettings)}
    >
      For ROI and lifetime value. If you don’t know it yet, they assume 50% and say so.
    </Step>
  );
}

function settingsLink(label: string, href: string, mayEdit: boolean): ReactNode {
  return mayEdit ? (
    <ButtonLink href={href} size="sm">
      {label}
    </ButtonLink>
  ) : null;
}

function ProgramStep({ steps: { program }, admin, mayEditPrograms }: FirstStepsCardProps) {
  if (program?.state === "live") return <Step done title="Your program is live" />;
  return (
    <Step
      done={false}
      title={program ? "Publish your program" : "Create a program"}
      action={
        mayEditPrograms ? (
          <ButtonLink
            href={program ? admin.program(program.slug) : admin.newProgram}
            variant="primary"
            size="sm"
          >
            {program ? "Open draft" : "Create program"}
          </ButtonLink>
        ) : null
      }
    >
      Choose what advocates and friends earn, and for what. One page, with a preview.
    </Step>
  );
}

function EventsStep({ steps, admin, endpoint, currency, mayMakeKeys }: FirstStepsCardProps) {
  if (steps.hasEvents) return <Step done title="Your shop sends events" />;
  const curl = firstEvent(endpoint, currency);
  return (
    <Step
      done={false}
      title="Send your first event"
      action={
        mayMakeKeys ? (
          <ButtonLink href={admin.keys} size="sm">
            Create API key
          </ButtonLink>
        ) : null
      }
    >
      <p>Call this from your server after a purchase, with your own key:</p>
      <div className="mt-3 flex flex-col items-start gap-3">
        <pre
          role="region"
          tabIndex={0}
          aria-label="Your first event as a curl command"
          className={cx(
            "w-full overflow-x-auto rounded-control bg-sunken p-4",
            "font-mono text-[0.8125rem]/5 text-ink",
          )}
        >
          {curl}
        </pre>
        <CopyButton value={curl} size="sm" label="Copy command" />
      </div>
    </Step>
  );
}

function ShareStep({ steps, customerPage }: FirstStepsCardProps) {
  if (steps.hasAdvocates) return <Step done title="Customers are sharing" />;
  const link = steps.program?.state === "live" ? customerPage : null;
  return (
    <Step done={false} title="Invite customers to share">
      {link ? (
        <>
          <p className="mb-3">
            Add this link to your order emails and your account page. Customers join there.
          </p>
          <CopyField name="Customer page" value={link} />
        </>
      ) : (
        "Once your program is live, you get a link for your order emails and account page."
      )}
    </Step>
  );
}

type StepProps = { done: boolean; title: string; action?: ReactNode; children?: ReactNode };

function Step({ done, title, action, children }: StepProps) {
  return (
    <li className="flex gap-3 py-4 last:pb-0">
      <span className={done ? "text-good" : "text-ink-muted"}>
        {done ? (
          <CircleCheck aria-hidden="true" className="size-5" />
        ) : (
          <Circle aria-hidden="true" className="size-5" />
        )}
        <span className="sr-only">{done ? "Done:" : "To do:"}</span>
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-start justify-between gap-3">
          <h3 className="text-[0.9375rem] font-medium">{title}</h3>
          {action}
        </div>
        {children ? (
          <div className="mt-1 max-w-prose text-sm text-ink-muted">{children}</div>
        ) : null}
      </div>
    </li>
  );
}

function firstEvent(endpoint: string, currency: string): string {
  const event = {
    type: "purchase",
    customer: { id: "1001", email: "robin@example.com" },
    order: { id: "A-1", total: "49.90", currency },
  };
  return [
    `curl ${endpoint} \\`,
    `  -H "Authorization: Bearer gw_live_…" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(event)}'`,
  ].join("\n");
}
