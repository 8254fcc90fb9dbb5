-- CreateTable
CREATE TABLE "customer" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "external_id" TEXT,
    "email" TEXT,
    "email_identity" TEXT,
    "name" TEXT,
    "locale" TEXT,
    "traits" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "first_order_at" TIMESTAMPTZ(3),
    "last_order_at" TIMESTAMPTZ(3),
    "order_count" INTEGER NOT NULL DEFAULT 0,
    "revenue_minor" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "customer_visitor" (
    "merchant_id" TEXT NOT NULL,
    "visitor_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_visitor_pkey" PRIMARY KEY ("merchant_id","visitor_id","customer_id")
);

-- CreateTable
CREATE TABLE "consent" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "granted" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,
    "wording" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "advocate" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "program_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "alias" TEXT,
    "message" TEXT,
    "reward_count" INTEGER NOT NULL DEFAULT 0,
    "confirmed_count" INTEGER NOT NULL DEFAULT 0,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "advocate_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "share_code" (
    "merchant_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "program_id" TEXT NOT NULL,
    "advocate_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "share_code_pkey" PRIMARY KEY ("merchant_id","code")
);

-- CreateTable
CREATE TABLE "event" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "visitor_id" TEXT,
    "program_id" TEXT,
    "advocate_id" TEXT,
    "channel" TEXT,

    CONSTRAINT "event_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "event_inbox" (
    "merchant_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,

    CONSTRAINT "event_inbox_pkey" PRIMARY KEY ("merchant_id","event_id")
);

-- CreateTable
CREATE TABLE "event_outcome" (
    "merchant_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "customer_id" TEXT,
    "referral_id" TEXT,
    "type" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "processed_at" TIMESTAMPTZ(3) NOT NULL,
    "decisions" JSONB NOT NULL,

    CONSTRAINT "event_outcome_pkey" PRIMARY KEY ("merchant_id","event_id")
);

-- CreateTable
CREATE TABLE "shop_order" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "currency" TEXT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "discount_code" TEXT,

    CONSTRAINT "shop_order_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "merchant_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT,
    "category" TEXT,
    "quantity" INTEGER NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "refunded_quantity" INTEGER NOT NULL DEFAULT 0,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("merchant_id","order_id","line")
);

-- CreateTable
CREATE TABLE "refund" (
    "merchant_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "lines" JSONB NOT NULL,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("merchant_id","event_id")
);

-- CreateTable
CREATE TABLE "ledger_account" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "balance_minor" BIGINT NOT NULL DEFAULT 0,
    "may_overdraw" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_account_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "ledger_transfer" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "debit_account_id" TEXT NOT NULL,
    "credit_account_id" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "cause_key" TEXT NOT NULL,
    "reverses_id" TEXT,
    "reward_id" TEXT,
    "memo" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_transfer_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "ledger_check" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "accounts" INTEGER NOT NULL,
    "transfers" INTEGER NOT NULL,
    "differences" JSONB NOT NULL,

    CONSTRAINT "ledger_check_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "session_epoch" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_token" (
    "token_hash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "login_token_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "merchant" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sandbox_of_id" TEXT,
    "clock_offset_ms" BIGINT NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "default_locale" TEXT NOT NULL DEFAULT 'en',
    "shop_url" TEXT,
    "support_email" TEXT,
    "return_window_days" INTEGER NOT NULL DEFAULT 14,
    "margin_bp" INTEGER NOT NULL DEFAULT 5000,
    "point_cost_milli" INTEGER NOT NULL DEFAULT 1000,
    "accent_color" TEXT NOT NULL DEFAULT '#0f766e',
    "logo_asset_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "merchant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "asset" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "asset_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "member" (
    "merchant_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_pkey" PRIMARY KEY ("merchant_id","user_id")
);

-- CreateTable
CREATE TABLE "member_invite" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "invited_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_invite_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "token_key" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_label" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "message" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "cause_key" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "customer_id" TEXT,
    "recipient" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "user_message" (
    "id" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "program" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "draft" JSONB NOT NULL,
    "current_version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "program_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "program_version" (
    "merchant_id" TEXT NOT NULL,
    "program_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "published_by" TEXT NOT NULL,

    CONSTRAINT "program_version_pkey" PRIMARY KEY ("merchant_id","program_id","version")
);

-- CreateTable
CREATE TABLE "program_budget" (
    "merchant_id" TEXT NOT NULL,
    "program_id" TEXT NOT NULL,
    "rewards" INTEGER NOT NULL DEFAULT 0,
    "cost_minor" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "program_budget_pkey" PRIMARY KEY ("merchant_id","program_id")
);

-- CreateTable
CREATE TABLE "referral" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "program_id" TEXT NOT NULL,
    "program_version" INTEGER NOT NULL,
    "advocate_id" TEXT NOT NULL,
    "friend_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "attributed_by" TEXT NOT NULL,
    "channel" TEXT,
    "clicked_at" TIMESTAMPTZ(3),
    "joined_at" TIMESTAMPTZ(3),
    "qualified_at" TIMESTAMPTZ(3),
    "rewarded_at" TIMESTAMPTZ(3),
    "review_at" TIMESTAMPTZ(3),
    "approved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "referral_step" (
    "merchant_id" TEXT NOT NULL,
    "referral_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "event_id" TEXT,

    CONSTRAINT "referral_step_pkey" PRIMARY KEY ("merchant_id","referral_id","id")
);

-- CreateTable
CREATE TABLE "fraud_signal" (
    "merchant_id" TEXT NOT NULL,
    "referral_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fraud_signal_pkey" PRIMARY KEY ("merchant_id","referral_id","kind")
);

-- CreateTable
CREATE TABLE "reward" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "program_id" TEXT NOT NULL,
    "program_version" INTEGER NOT NULL,
    "referral_id" TEXT,
    "rule_id" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "advocate_id" TEXT,
    "cause_key" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "order_id" TEXT,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "facts" JSONB NOT NULL,
    "amount_minor" BIGINT,
    "asset" TEXT,
    "reversed_minor" BIGINT NOT NULL DEFAULT 0,
    "recovered_minor" BIGINT NOT NULL DEFAULT 0,
    "cost_minor" BIGINT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "held_until" TIMESTAMPTZ(3) NOT NULL,
    "issued_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "reward_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "reward_step" (
    "merchant_id" TEXT NOT NULL,
    "reward_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "amount_minor" BIGINT,
    "cost_minor" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "reward_step_pkey" PRIMARY KEY ("merchant_id","reward_id","id")
);

-- CreateTable
CREATE TABLE "coupon" (
    "merchant_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reward_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "order_id" TEXT,
    "voided_at" TIMESTAMPTZ(3),

    CONSTRAINT "coupon_pkey" PRIMARY KEY ("merchant_id","code")
);

-- CreateIndex
CREATE INDEX "customer_merchant_id_email_identity_idx" ON "customer"("merchant_id", "email_identity");

-- CreateIndex
CREATE INDEX "customer_merchant_id_created_at_idx" ON "customer"("merchant_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "customer_merchant_id_first_order_at_idx" ON "customer"("merchant_id", "first_order_at");

-- CreateIndex
CREATE UNIQUE INDEX "customer_merchant_id_external_id_key" ON "customer"("merchant_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "customer_merchant_id_email_key" ON "customer"("merchant_id", "email");

-- CreateIndex
CREATE INDEX "customer_visitor_merchant_id_customer_id_idx" ON "customer_visitor"("merchant_id", "customer_id");

-- CreateIndex
CREATE INDEX "consent_merchant_id_customer_id_purpose_idx" ON "consent"("merchant_id", "customer_id", "purpose");

-- CreateIndex
CREATE INDEX "advocate_merchant_id_customer_id_idx" ON "advocate"("merchant_id", "customer_id");

-- CreateIndex
CREATE INDEX "advocate_merchant_id_program_id_confirmed_count_id_idx" ON "advocate"("merchant_id", "program_id", "confirmed_count" DESC, "id");

-- CreateIndex
CREATE INDEX "advocate_merchant_id_joined_at_idx" ON "advocate"("merchant_id", "joined_at");

-- CreateIndex
CREATE UNIQUE INDEX "advocate_merchant_id_program_id_customer_id_key" ON "advocate"("merchant_id", "program_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "share_code_code_key" ON "share_code"("code");

-- CreateIndex
CREATE INDEX "share_code_merchant_id_advocate_id_idx" ON "share_code"("merchant_id", "advocate_id");

-- CreateIndex
CREATE INDEX "event_merchant_id_type_occurred_at_idx" ON "event"("merchant_id", "type", "occurred_at");

-- CreateIndex
CREATE INDEX "event_merchant_id_visitor_id_occurred_at_idx" ON "event"("merchant_id", "visitor_id", "occurred_at");

-- CreateIndex
CREATE INDEX "event_merchant_id_advocate_id_type_occurred_at_idx" ON "event"("merchant_id", "advocate_id", "type", "occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "event_merchant_id_dedupe_key_key" ON "event"("merchant_id", "dedupe_key");

-- CreateIndex
CREATE INDEX "event_inbox_next_try_at_idx" ON "event_inbox"("next_try_at");

-- CreateIndex
CREATE INDEX "event_outcome_merchant_id_customer_id_occurred_at_idx" ON "event_outcome"("merchant_id", "customer_id", "occurred_at");

-- CreateIndex
CREATE INDEX "event_outcome_merchant_id_referral_id_idx" ON "event_outcome"("merchant_id", "referral_id");

-- CreateIndex
CREATE INDEX "event_outcome_merchant_id_occurred_at_idx" ON "event_outcome"("merchant_id", "occurred_at");

-- CreateIndex
CREATE INDEX "shop_order_merchant_id_customer_id_occurred_at_idx" ON "shop_order"("merchant_id", "customer_id", "occurred_at");

-- CreateIndex
CREATE INDEX "shop_order_merchant_id_occurred_at_idx" ON "shop_order"("merchant_id", "occurred_at");

-- CreateIndex
CREATE INDEX "refund_merchant_id_order_id_idx" ON "refund"("merchant_id", "order_id");

-- CreateIndex
CREATE INDEX "refund_merchant_id_occurred_at_idx" ON "refund"("merchant_id", "occurred_at");

-- CreateIndex
CREATE INDEX "ledger_account_merchant_id_owner_id_idx" ON "ledger_account"("merchant_id", "owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_account_merchant_id_asset_kind_owner_id_key" ON "ledger_account"("merchant_id", "asset", "kind", "owner_id");

-- CreateIndex
CREATE INDEX "ledger_transfer_merchant_id_debit_account_id_idx" ON "ledger_transfer"("merchant_id", "debit_account_id");

-- CreateIndex
CREATE INDEX "ledger_transfer_merchant_id_credit_account_id_idx" ON "ledger_transfer"("merchant_id", "credit_account_id");

-- CreateIndex
CREATE INDEX "ledger_transfer_merchant_id_reward_id_idx" ON "ledger_transfer"("merchant_id", "reward_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transfer_merchant_id_cause_key_key" ON "ledger_transfer"("merchant_id", "cause_key");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transfer_merchant_id_reverses_id_key" ON "ledger_transfer"("merchant_id", "reverses_id");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "login_token_email_purpose_idx" ON "login_token"("email", "purpose");

-- CreateIndex
CREATE UNIQUE INDEX "merchant_slug_key" ON "merchant"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "merchant_sandbox_of_id_key" ON "merchant"("sandbox_of_id");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_invite_token_hash_key" ON "member_invite"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "audit_entry_merchant_id_subject_type_subject_id_idx" ON "audit_entry"("merchant_id", "subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "message_merchant_id_created_at_idx" ON "message"("merchant_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "message_state_next_try_at_idx" ON "message"("state", "next_try_at");

-- CreateIndex
CREATE UNIQUE INDEX "message_merchant_id_cause_key_key" ON "message"("merchant_id", "cause_key");

-- CreateIndex
CREATE INDEX "user_message_state_next_try_at_idx" ON "user_message"("state", "next_try_at");

-- CreateIndex
CREATE UNIQUE INDEX "program_slug_key" ON "program"("slug");

-- CreateIndex
CREATE INDEX "referral_merchant_id_created_at_id_idx" ON "referral"("merchant_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "referral_merchant_id_program_id_state_created_at_idx" ON "referral"("merchant_id", "program_id", "state", "created_at" DESC);

-- CreateIndex
CREATE INDEX "referral_merchant_id_advocate_id_created_at_idx" ON "referral"("merchant_id", "advocate_id", "created_at");

-- CreateIndex
CREATE INDEX "referral_merchant_id_friend_id_idx" ON "referral"("merchant_id", "friend_id");

-- CreateIndex
CREATE INDEX "referral_merchant_id_state_expires_at_idx" ON "referral"("merchant_id", "state", "expires_at");

-- CreateIndex
CREATE INDEX "referral_merchant_id_qualified_at_idx" ON "referral"("merchant_id", "qualified_at");

-- CreateIndex
CREATE UNIQUE INDEX "referral_merchant_id_program_id_friend_id_key" ON "referral"("merchant_id", "program_id", "friend_id");

-- CreateIndex
CREATE INDEX "reward_merchant_id_granted_at_id_idx" ON "reward"("merchant_id", "granted_at" DESC, "id");

-- CreateIndex
CREATE INDEX "reward_merchant_id_customer_id_granted_at_idx" ON "reward"("merchant_id", "customer_id", "granted_at" DESC);

-- CreateIndex
CREATE INDEX "reward_merchant_id_referral_id_idx" ON "reward"("merchant_id", "referral_id");

-- CreateIndex
CREATE INDEX "reward_merchant_id_order_id_idx" ON "reward"("merchant_id", "order_id");

-- CreateIndex
CREATE INDEX "reward_state_held_until_idx" ON "reward"("state", "held_until");

-- CreateIndex
CREATE UNIQUE INDEX "reward_merchant_id_program_id_rule_id_cause_key_customer_id_key" ON "reward"("merchant_id", "program_id", "rule_id", "cause_key", "customer_id");

-- CreateIndex
CREATE INDEX "reward_step_merchant_id_at_idx" ON "reward_step"("merchant_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_merchant_id_reward_id_key" ON "coupon"("merchant_id", "reward_id");

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_visitor" ADD CONSTRAINT "customer_visitor_merchant_id_customer_id_fkey" FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_merchant_id_customer_id_fkey" FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "advocate" ADD CONSTRAINT "advocate_merchant_id_program_id_fkey" FOREIGN KEY ("merchant_id", "program_id") REFERENCES "program"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "advocate" ADD CONSTRAINT "advocate_merchant_id_customer_id_fkey" FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share_code" ADD CONSTRAINT "share_code_merchant_id_program_id_fkey" FOREIGN KEY ("merchant_id", "program_id") REFERENCES "program"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share_code" ADD CONSTRAINT "share_code_merchant_id_advocate_id_fkey" FOREIGN KEY ("merchant_id", "advocate_id") REFERENCES "advocate"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_inbox" ADD CONSTRAINT "event_inbox_merchant_id_event_id_fkey" FOREIGN KEY ("merchant_id", "event_id") REFERENCES "event"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_outcome" ADD CONSTRAINT "event_outcome_merchant_id_event_id_fkey" FOREIGN KEY ("merchant_id", "event_id") REFERENCES "event"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shop_order" ADD CONSTRAINT "shop_order_merchant_id_customer_id_fkey" FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_merchant_id_order_id_fkey" FOREIGN KEY ("merchant_id", "order_id") REFERENCES "shop_order"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_merchant_id_order_id_fkey" FOREIGN KEY ("merchant_id", "order_id") REFERENCES "shop_order"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_transfer" ADD CONSTRAINT "ledger_transfer_merchant_id_debit_account_id_fkey" FOREIGN KEY ("merchant_id", "debit_account_id") REFERENCES "ledger_account"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_transfer" ADD CONSTRAINT "ledger_transfer_merchant_id_credit_account_id_fkey" FOREIGN KEY ("merchant_id", "credit_account_id") REFERENCES "ledger_account"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_transfer" ADD CONSTRAINT "ledger_transfer_merchant_id_reverses_id_fkey" FOREIGN KEY ("merchant_id", "reverses_id") REFERENCES "ledger_transfer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merchant" ADD CONSTRAINT "merchant_sandbox_of_id_fkey" FOREIGN KEY ("sandbox_of_id") REFERENCES "merchant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "program" ADD CONSTRAINT "program_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "program_version" ADD CONSTRAINT "program_version_merchant_id_program_id_fkey" FOREIGN KEY ("merchant_id", "program_id") REFERENCES "program"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "program_budget" ADD CONSTRAINT "program_budget_merchant_id_program_id_fkey" FOREIGN KEY ("merchant_id", "program_id") REFERENCES "program"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_merchant_id_program_id_fkey" FOREIGN KEY ("merchant_id", "program_id") REFERENCES "program"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_merchant_id_advocate_id_fkey" FOREIGN KEY ("merchant_id", "advocate_id") REFERENCES "advocate"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_merchant_id_friend_id_fkey" FOREIGN KEY ("merchant_id", "friend_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral_step" ADD CONSTRAINT "referral_step_merchant_id_referral_id_fkey" FOREIGN KEY ("merchant_id", "referral_id") REFERENCES "referral"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fraud_signal" ADD CONSTRAINT "fraud_signal_merchant_id_referral_id_fkey" FOREIGN KEY ("merchant_id", "referral_id") REFERENCES "referral"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reward" ADD CONSTRAINT "reward_merchant_id_program_id_fkey" FOREIGN KEY ("merchant_id", "program_id") REFERENCES "program"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reward" ADD CONSTRAINT "reward_merchant_id_referral_id_fkey" FOREIGN KEY ("merchant_id", "referral_id") REFERENCES "referral"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reward" ADD CONSTRAINT "reward_merchant_id_customer_id_fkey" FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reward_step" ADD CONSTRAINT "reward_step_merchant_id_reward_id_fkey" FOREIGN KEY ("merchant_id", "reward_id") REFERENCES "reward"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon" ADD CONSTRAINT "coupon_merchant_id_reward_id_fkey" FOREIGN KEY ("merchant_id", "reward_id") REFERENCES "reward"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon" ADD CONSTRAINT "coupon_merchant_id_customer_id_fkey" FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
