-- A login is a row as long as it lives: what ends one deletes it, and its refresh tokens go with it.
CREATE TABLE "logins" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "logins_pkey" PRIMARY KEY ("id")
);

-- Families with a token that is neither spent nor revoked go on as logins, the others have ended.
INSERT INTO "logins" ("id", "user_id", "created_at", "expires_at")
    SELECT "family_id", "user_id", min("created_at"), max("expires_at") FROM "auth_tokens"
    GROUP BY "family_id", "user_id" HAVING bool_or("revoked_at" IS NULL);
DELETE FROM "auth_tokens" WHERE "family_id" NOT IN (SELECT "id" FROM "logins");

DROP INDEX "auth_tokens_user_id_idx";
DROP INDEX "auth_tokens_family_id_idx";
ALTER TABLE "auth_tokens" DROP COLUMN "user_id";
ALTER TABLE "auth_tokens" RENAME COLUMN "family_id" TO "login_id";
ALTER TABLE "auth_tokens" RENAME COLUMN "revoked_at" TO "spent_at";

-- Counts changes of the password: a login that was checked against the one before must not begin after the change.
ALTER TABLE "users" ADD COLUMN "password_version" INTEGER NOT NULL DEFAULT 0;

-- Where a user logged in from before, by a keyed hash: the account's delay does not hold there.
CREATE TABLE "known_addresses" (
    "user_id" UUID NOT NULL,
    "address_hash" TEXT NOT NULL,
    "last_login_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_addresses_pkey" PRIMARY KEY ("user_id", "address_hash")
);

-- CreateIndex
CREATE INDEX "logins_user_id_idx" ON "logins"("user_id");

-- CreateIndex
CREATE INDEX "auth_tokens_login_id_idx" ON "auth_tokens"("login_id");

-- AddForeignKey
ALTER TABLE "logins" ADD CONSTRAINT "logins_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_tokens" ADD CONSTRAINT "auth_tokens_login_id_fkey" FOREIGN KEY ("login_id") REFERENCES "logins"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "known_addresses" ADD CONSTRAINT "known_addresses_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A finished session outlives its user without a name: its responses are what items are calibrated from.
ALTER TABLE "test_sessions" ALTER COLUMN "user_id" DROP NOT NULL;
ALTER TABLE "test_sessions"
    ADD CONSTRAINT "test_sessions_active_has_user" CHECK ("status" <> 'active' OR "user_id" IS NOT NULL);

GRANT SELECT, INSERT, UPDATE, DELETE ON "logins", "known_addresses" TO "aiq_backend";
