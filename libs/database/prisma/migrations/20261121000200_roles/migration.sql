-- A role for each service, which can touch that service's tables and nothing else. They cannot log in
-- until they are provisioned with a password. Roles belong to the whole server: another database, or
-- another process at this moment, may have made them.
DO $$
DECLARE
    "role" TEXT;
BEGIN
    FOREACH "role" IN ARRAY ARRAY['aiq_backend', 'aiq_question_service'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = "role") THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', "role");
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- made in between
        END;
    END LOOP;
    -- Who is no superuser must be a member of a role to give it a schema.
    IF NOT pg_has_role(current_user, 'aiq_question_service', 'SET') THEN
        EXECUTE format('GRANT aiq_question_service TO %I', current_user);
    END IF;
END
$$;

GRANT USAGE ON SCHEMA "public" TO "aiq_backend", "aiq_question_service";

GRANT SELECT, INSERT, UPDATE, DELETE
    ON "users", "auth_tokens", "test_sessions", "responses", "results", "generation_runs"
    TO "aiq_backend";
GRANT SELECT, UPDATE ("discrimination", "difficulty", "calibration")
    ON "questions" TO "aiq_backend";

GRANT SELECT, INSERT, UPDATE, DELETE ON "pipeline_runs", "questions" TO "aiq_question_service";

-- The job queue's own tables, which it migrates itself.
CREATE SCHEMA IF NOT EXISTS "pgboss" AUTHORIZATION "aiq_question_service";
