-- Sessions are known to the server: signing out ends copies of the cookie too, and a session ends with what it rests
-- on. Cookies from before name no session, so everybody signs in once more.
CREATE TABLE "user_session" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_session_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "user_session_user_id_idx" ON "user_session"("user_id");
ALTER TABLE "user_session" ADD CONSTRAINT "user_session_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;
GRANT SELECT, INSERT, DELETE ON user_session TO goodword_app;

CREATE TABLE "customer_session" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "email" TEXT,
    "key_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_session_pkey" PRIMARY KEY ("merchant_id","id")
);
CREATE INDEX "customer_session_merchant_id_customer_id_idx" ON "customer_session"("merchant_id", "customer_id");
ALTER TABLE "customer_session" ADD CONSTRAINT "customer_session_merchant_id_customer_id_fkey"
  FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id")
  ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "customer_session" ADD CONSTRAINT "customer_session_merchant_id_key_id_fkey"
  FOREIGN KEY ("merchant_id", "key_id") REFERENCES "api_key"("merchant_id", "id")
  ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "customer_session"
  ADD CONSTRAINT rests_on_one_proof CHECK ((email IS NULL) <> (key_id IS NULL));
SELECT goodword_protect_tenants();

-- Whoever has chosen a password through an email has shown that the address is theirs: that raised the epoch.
ALTER TABLE "app_user" ADD COLUMN "email_proven_at" TIMESTAMPTZ(3);
UPDATE "app_user" SET "email_proven_at" = now() WHERE "session_epoch" > 0;
