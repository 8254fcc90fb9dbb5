import { Circle, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { FirstSteps } from "@/lib/reports/first-steps";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { CopyButton, CopyField } from "@/components/ui/controls/copy-button";

type FirstStepsCardProps = {
  steps: FirstSteps;
  admin: AdminPaths;
  /** Where events are sent. */
  endpoint: string;
  customerPage: string | null;
  currency: string;
  mayEditPrograms: boolean;
  mayMakeKeys: boolean;
};

/** What to do next in a new shop, in order; what is done is ticked. */
export function FirstStepsCard(props: FirstStepsCardProps) {
  const { steps, admin, endpoint, customerPage, currency, mayEditPrograms, mayMakeKeys } = props;
  const { program } = steps;
  const live = program?.state === "live";
  const curl = firstEvent(endpoint, currency);
  return (
    <Card>
      <CardHeader
        title="Getting started"
        description="Each step takes a few minutes."
        className="mb-2"
      />
      <ol className="divide-y divide-line">
        <Step
          done={live}
          title={
            live ? "Your program is live" : program ? "Publish your program" : "Create a program"
          }
          action={
            live || !mayEditPrograms ? null : (
              <ButtonLink
                href={program ? admin.program(program.slug) : admin.newProgram}
                variant="primary"
                size="sm"
              >
                {program ? "Open the draft" : "Create a program"}
              </ButtonLink>
            )
          }
        >
          {live
            ? null
            : "What the one who invites gets, what the friend gets, and what it waits for. One page, with a preview."}
        </Step>
        <Step
          done={steps.hasEvents}
          title={steps.hasEvents ? "Your shop sends events" : "Send a first event"}
          action={
            steps.hasEvents || !mayMakeKeys ? null : (
              <ButtonLink href={admin.keys} size="sm">
                Make an API key
              </ButtonLink>
            )
          }
        >
          {steps.hasEvents ? null : (
            <>
              <p>
                From your server, after a purchase. With your own key in place of the dots, this is
                the whole of it:
              </p>
              <div className="mt-3 flex flex-col items-start gap-3">
                <pre
                  role="region"
                  tabIndex={0}
                  aria-label="A first event, with curl"
                  className="w-full overflow-x-auto rounded-control bg-sunken p-4 font-mono text-[0.8125rem]/5 text-ink"
                >
                  {curl}
                </pre>
                <CopyButton value={curl} size="sm" label="Copy the command" />
              </div>
            </>
          )}
        </Step>
        <Step
          done={steps.hasAdvocates}
          title={steps.hasAdvocates ? "Customers share" : "Show customers where to share"}
          action={null}
        >
          {steps.hasAdvocates ? null : customerPage && live ? (
            <>
              <p className="mb-3">
                Put this address into your order mails and your account page. Customers join there.
              </p>
              <CopyField name="Customer page" value={customerPage} />
            </>
          ) : (
            "Once the program is live, its customer page has an address to put into your mails."
          )}
        </Step>
      </ol>
    </Card>
  );
}

type StepProps = { done: boolean; title: string; action: ReactNode; children: ReactNode };

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
