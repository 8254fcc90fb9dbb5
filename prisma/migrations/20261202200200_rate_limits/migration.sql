-- How often something was tried lately, for all processes together: in the form of the library that counts. What a
-- crash loses may be tried again, so it is not logged.
CREATE UNLOGGED TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" DOUBLE PRECISION,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "rate_limit_expire_idx" ON "rate_limit"("expire");
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limit TO goodword_app;
