-- A user changes their own name, and the language of emails to them.
ALTER TABLE "app_user" ADD COLUMN "locale" TEXT NOT NULL DEFAULT 'en';
GRANT SELECT (locale), UPDATE (name, locale) ON app_user TO goodword_app;
