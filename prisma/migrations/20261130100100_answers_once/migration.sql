-- What a POST of the API was answered under its Idempotency-Key.
CREATE TABLE "api_answer" (
    "merchant_id" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_answer_pkey" PRIMARY KEY ("merchant_id","sender","key")
);

CREATE INDEX "api_answer_merchant_id_created_at_idx" ON "api_answer"("merchant_id", "created_at");

SELECT goodword_protect_tenants();
