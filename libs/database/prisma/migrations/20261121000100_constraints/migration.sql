-- What Prisma's schema language cannot say. Comparisons with 'Infinity' also refuse NaN, which Postgres
-- holds greater than every number.

-- Lists: an absent one is empty, never NULL.
ALTER TABLE "questions"
    ALTER COLUMN "options" SET NOT NULL,
    ALTER COLUMN "embedding" SET NOT NULL;
ALTER TABLE "test_sessions"
    ALTER COLUMN "form_question_ids" SET NOT NULL;

-- Whether no two elements are equal and none is NULL.
CREATE OR REPLACE FUNCTION "has_distinct_elements"("elements" TEXT[]) RETURNS BOOLEAN
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT count(*) = count(DISTINCT "element") FROM unnest("elements") AS "element");

ALTER TABLE "users"
    ADD CONSTRAINT "users_email_lower_case" CHECK ("email" = lower("email")),
    ADD CONSTRAINT "users_email_not_blank" CHECK (btrim("email") <> ''),
    ADD CONSTRAINT "users_display_name_not_blank" CHECK (btrim("display_name") <> '');

ALTER TABLE "questions"
    ADD CONSTRAINT "questions_content_not_blank" CHECK (btrim("content") <> ''),
    ADD CONSTRAINT "questions_options_count" CHECK (cardinality("options") BETWEEN 2 AND 8),
    ADD CONSTRAINT "questions_options_distinct" CHECK ("has_distinct_elements"("options")),
    ADD CONSTRAINT "questions_key_index_within_options"
        CHECK ("key_index" >= 0 AND "key_index" < cardinality("options")),
    ADD CONSTRAINT "questions_content_hash_sha256" CHECK ("content_hash" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "questions_judge_score_range" CHECK ("judge_score" BETWEEN 0 AND 1),
    ADD CONSTRAINT "questions_judge_scores_object" CHECK (jsonb_typeof("judge_scores") = 'object'),
    ADD CONSTRAINT "questions_discrimination_positive"
        CHECK ("discrimination" > 0 AND "discrimination" < 'Infinity'),
    ADD CONSTRAINT "questions_difficulty_finite"
        CHECK ("difficulty" > '-Infinity' AND "difficulty" < 'Infinity');

CREATE UNIQUE INDEX "test_sessions_one_active_per_user"
    ON "test_sessions" ("user_id") WHERE "status" = 'active';

ALTER TABLE "test_sessions"
    ADD CONSTRAINT "test_sessions_items_max_positive" CHECK ("items_max" >= 1),
    ADD CONSTRAINT "test_sessions_form_of_mode"
        CHECK (("mode" = 'fixed') = (cardinality("form_question_ids") > 0)),
    ADD CONSTRAINT "test_sessions_current_question_served"
        CHECK (("current_question_id" IS NULL) = ("current_served_at" IS NULL)),
    ADD CONSTRAINT "test_sessions_finished_at_of_status"
        CHECK (("status" = 'active') = ("finished_at" IS NULL)),
    ADD CONSTRAINT "test_sessions_completed_has_stop_reason"
        CHECK ("status" <> 'completed' OR "stop_reason" IS NOT NULL),
    ADD CONSTRAINT "test_sessions_theta_finite" CHECK ("theta" > '-Infinity' AND "theta" < 'Infinity'),
    ADD CONSTRAINT "test_sessions_standard_error_positive"
        CHECK ("standard_error" > 0 AND "standard_error" < 'Infinity');

ALTER TABLE "responses"
    ADD CONSTRAINT "responses_position_from_one" CHECK ("position" >= 1),
    ADD CONSTRAINT "responses_option_index_range" CHECK ("option_index" BETWEEN 0 AND 7),
    ADD CONSTRAINT "responses_discrimination_positive"
        CHECK ("discrimination" > 0 AND "discrimination" < 'Infinity'),
    ADD CONSTRAINT "responses_difficulty_finite"
        CHECK ("difficulty" > '-Infinity' AND "difficulty" < 'Infinity');

ALTER TABLE "results"
    ADD CONSTRAINT "results_theta_finite" CHECK ("theta" > '-Infinity' AND "theta" < 'Infinity'),
    ADD CONSTRAINT "results_standard_error_positive"
        CHECK ("standard_error" > 0 AND "standard_error" < 'Infinity'),
    ADD CONSTRAINT "results_interval_order"
        CHECK ("interval_lower" <= "scaled_score" AND "scaled_score" <= "interval_upper"),
    ADD CONSTRAINT "results_interval_finite"
        CHECK ("interval_lower" > '-Infinity' AND "interval_upper" < 'Infinity'),
    ADD CONSTRAINT "results_items_correct_range"
        CHECK ("items_correct" >= 0 AND "items_correct" <= "items_answered");

ALTER TABLE "generation_runs"
    ADD CONSTRAINT "generation_runs_counts"
        CHECK ("requested" >= 0 AND "inserted" >= 0 AND "inserted" <= "requested"),
    ADD CONSTRAINT "generation_runs_summary_object" CHECK (jsonb_typeof("summary") = 'object');

ALTER TABLE "pipeline_runs"
    ADD CONSTRAINT "pipeline_runs_attempt_from_one" CHECK ("attempt" >= 1),
    ADD CONSTRAINT "pipeline_runs_previous_is_another" CHECK ("previous_run_id" <> "run_id"),
    ADD CONSTRAINT "pipeline_runs_report_attempts_not_negative" CHECK ("report_attempts" >= 0),
    ADD CONSTRAINT "pipeline_runs_finished_has_completed_at"
        CHECK ("state" NOT IN ('succeeded', 'partial', 'failed') OR "completed_at" IS NOT NULL);
