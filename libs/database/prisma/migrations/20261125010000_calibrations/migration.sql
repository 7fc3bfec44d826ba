-- Calibrations of the bank, each a version of its own: a session keeps the one that it began with.
ALTER TABLE "test_sessions" ADD COLUMN "calibration_version" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "calibrations" (
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "takers" INTEGER NOT NULL,
    "responses" INTEGER NOT NULL,
    "log_likelihood" DOUBLE PRECISION NOT NULL,
    "cycles" INTEGER NOT NULL,
    "slope" DOUBLE PRECISION NOT NULL,
    "intercept" DOUBLE PRECISION NOT NULL,
    "anchor_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "drifted_ids" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "calibrations_pkey" PRIMARY KEY ("version")
);

CREATE TABLE "calibrated_items" (
    "version" INTEGER NOT NULL,
    "question_id" UUID NOT NULL,
    "discrimination" DOUBLE PRECISION NOT NULL,
    "difficulty" DOUBLE PRECISION NOT NULL,
    "discrimination_error" DOUBLE PRECISION NOT NULL,
    "difficulty_error" DOUBLE PRECISION NOT NULL,
    "responses" INTEGER NOT NULL,
    "proportion_correct" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "calibrated_items_pkey" PRIMARY KEY ("question_id", "version")
);

ALTER TABLE "calibrated_items"
    ADD CONSTRAINT "calibrated_items_version_fkey" FOREIGN KEY ("version")
        REFERENCES "calibrations"("version") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "calibrated_items_question_id_fkey" FOREIGN KEY ("question_id")
        REFERENCES "questions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "test_sessions"
    ADD CONSTRAINT "test_sessions_calibration_version_from_zero" CHECK ("calibration_version" >= 0);
ALTER TABLE "calibrations"
    ALTER COLUMN "anchor_ids" SET NOT NULL,
    ALTER COLUMN "drifted_ids" SET NOT NULL,
    ADD CONSTRAINT "calibrations_version_from_one" CHECK ("version" >= 1),
    ADD CONSTRAINT "calibrations_slope_positive" CHECK ("slope" > 0 AND "slope" < 'Infinity'),
    ADD CONSTRAINT "calibrations_intercept_finite"
        CHECK ("intercept" > '-Infinity' AND "intercept" < 'Infinity');
ALTER TABLE "calibrated_items"
    ADD CONSTRAINT "calibrated_items_discrimination_positive"
        CHECK ("discrimination" > 0 AND "discrimination" < 'Infinity'),
    ADD CONSTRAINT "calibrated_items_difficulty_finite"
        CHECK ("difficulty" > '-Infinity' AND "difficulty" < 'Infinity'),
    ADD CONSTRAINT "calibrated_items_errors_positive"
        CHECK ("discrimination_error" > 0 AND "discrimination_error" < 'Infinity'
            AND "difficulty_error" > 0 AND "difficulty_error" < 'Infinity'),
    ADD CONSTRAINT "calibrated_items_proportion_range" CHECK ("proportion_correct" BETWEEN 0 AND 1);

-- A calibration is written once. What the author gave a question stays: the backend marks it calibrated, no more.
GRANT SELECT, INSERT ON "calibrations", "calibrated_items" TO "aiq_backend";
REVOKE UPDATE ("discrimination", "difficulty") ON "questions" FROM "aiq_backend";
