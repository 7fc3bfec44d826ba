-- Counts that all instances share: requests in a window, failed logins. Unlogged: after a crash of the server they
-- begin anew, which is cheaper than writing each request to the log.
CREATE UNLOGGED TABLE "request_counters" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "request_counters_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "request_counters_expires_at_idx" ON "request_counters"("expires_at");

GRANT SELECT, INSERT, UPDATE, DELETE ON "request_counters" TO "aiq_backend";
