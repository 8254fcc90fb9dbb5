-- Lists of the dashboard as members like to see them.
CREATE TABLE "saved_view" (
  "merchant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "list" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "query" TEXT NOT NULL,
  "is_shared" BOOLEAN NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "saved_view_pkey" PRIMARY KEY ("merchant_id", "id")
);
CREATE UNIQUE INDEX "saved_view_merchant_id_user_id_list_name_key"
  ON "saved_view" ("merchant_id", "user_id", "list", "name");
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_merchant_id_fkey"
  FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id")
  ON DELETE RESTRICT ON UPDATE NO ACTION;
SELECT goodword_protect_tenants();
