-- CreateIndex
CREATE INDEX "questions_type_created_at_idx" ON "questions"("type", "created_at");

-- pgvector, where the server has it: question-service then compares candidates with the bank in Postgres.
-- Without it, or without the right to create it, it compares in its own memory, with the same answers. An
-- administrator can run the same statement later.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') THEN
        CREATE EXTENSION IF NOT EXISTS "vector";
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'pgvector is available, but % may not create it', current_user;
END
$$;
