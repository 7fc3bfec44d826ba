-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "question_type" AS ENUM ('pattern', 'logic', 'spatial', 'math', 'verbal', 'memory');

-- CreateEnum
CREATE TYPE "difficulty_level" AS ENUM ('easy', 'medium', 'hard');

-- CreateEnum
CREATE TYPE "calibration_status" AS ENUM ('uncalibrated', 'calibrated');

-- CreateEnum
CREATE TYPE "test_session_mode" AS ENUM ('fixed', 'adaptive');

-- CreateEnum
CREATE TYPE "test_session_status" AS ENUM ('active', 'completed', 'abandoned');

-- CreateEnum
CREATE TYPE "run_state" AS ENUM ('planned', 'running', 'succeeded', 'partial', 'failed', 'interrupted');

-- CreateEnum
CREATE TYPE "run_trigger" AS ENUM ('cli', 'server', 'schedule');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "display_name" TEXT,
    "password_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_tokens" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auth_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "questions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "type" "question_type" NOT NULL,
    "difficulty_level" "difficulty_level" NOT NULL,
    "content" TEXT NOT NULL,
    "options" TEXT[],
    "key_index" SMALLINT NOT NULL,
    "explanation" TEXT NOT NULL,
    "stimulus" TEXT,
    "content_hash" TEXT NOT NULL,
    "embedding" REAL[] DEFAULT ARRAY[]::REAL[],
    "embedding_model" TEXT NOT NULL,
    "prompt_version" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "judge_provider" TEXT NOT NULL,
    "judge_model" TEXT NOT NULL,
    "judge_scores" JSONB NOT NULL,
    "judge_score" DOUBLE PRECISION NOT NULL,
    "discrimination" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "difficulty" DOUBLE PRECISION NOT NULL,
    "calibration" "calibration_status" NOT NULL DEFAULT 'uncalibrated',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "run_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "questions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "test_sessions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "mode" "test_session_mode" NOT NULL,
    "status" "test_session_status" NOT NULL DEFAULT 'active',
    "items_max" SMALLINT NOT NULL,
    "form_question_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "current_question_id" UUID,
    "current_served_at" TIMESTAMPTZ(3),
    "theta" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "standard_error" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "seed" INTEGER NOT NULL,
    "stop_reason" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "test_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "responses" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "session_id" UUID NOT NULL,
    "question_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "option_index" SMALLINT NOT NULL,
    "correct" BOOLEAN NOT NULL,
    "discrimination" DOUBLE PRECISION NOT NULL,
    "difficulty" DOUBLE PRECISION NOT NULL,
    "served_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "responses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "results" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "session_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "theta" DOUBLE PRECISION NOT NULL,
    "standard_error" DOUBLE PRECISION NOT NULL,
    "scaled_score" DOUBLE PRECISION NOT NULL,
    "interval_lower" DOUBLE PRECISION NOT NULL,
    "interval_upper" DOUBLE PRECISION NOT NULL,
    "items_answered" SMALLINT NOT NULL,
    "items_correct" SMALLINT NOT NULL,
    "stop_reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "results_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "generation_runs" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "run_id" UUID NOT NULL,
    "state" "run_state" NOT NULL,
    "trigger" "run_trigger" NOT NULL,
    "summary" JSONB NOT NULL,
    "requested" INTEGER NOT NULL,
    "inserted" INTEGER NOT NULL,
    "trace_id" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "generation_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline_runs" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "run_id" UUID NOT NULL,
    "state" "run_state" NOT NULL DEFAULT 'planned',
    "trigger" "run_trigger" NOT NULL,
    "plan" JSONB NOT NULL,
    "summary" JSONB,
    "trace_id" TEXT,
    "attempt" SMALLINT NOT NULL DEFAULT 1,
    "previous_run_id" UUID,
    "lease_expires_at" TIMESTAMPTZ(3),
    "reported_at" TIMESTAMPTZ(3),
    "report_attempts" SMALLINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "pipeline_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "auth_tokens_token_hash_key" ON "auth_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "auth_tokens_user_id_idx" ON "auth_tokens"("user_id");

-- CreateIndex
CREATE INDEX "auth_tokens_family_id_idx" ON "auth_tokens"("family_id");

-- CreateIndex
CREATE UNIQUE INDEX "questions_content_hash_key" ON "questions"("content_hash");

-- CreateIndex
CREATE INDEX "questions_type_difficulty_level_active_idx" ON "questions"("type", "difficulty_level", "active");

-- CreateIndex
CREATE INDEX "questions_run_id_idx" ON "questions"("run_id");

-- CreateIndex
CREATE INDEX "test_sessions_user_id_started_at_idx" ON "test_sessions"("user_id", "started_at");

-- CreateIndex
CREATE INDEX "responses_question_id_idx" ON "responses"("question_id");

-- CreateIndex
CREATE UNIQUE INDEX "responses_session_id_question_id_key" ON "responses"("session_id", "question_id");

-- CreateIndex
CREATE UNIQUE INDEX "responses_session_id_position_key" ON "responses"("session_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "results_session_id_key" ON "results"("session_id");

-- CreateIndex
CREATE INDEX "results_user_id_created_at_idx" ON "results"("user_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "generation_runs_run_id_key" ON "generation_runs"("run_id");

-- CreateIndex
CREATE INDEX "generation_runs_started_at_idx" ON "generation_runs"("started_at");

-- CreateIndex
CREATE UNIQUE INDEX "pipeline_runs_run_id_key" ON "pipeline_runs"("run_id");

-- CreateIndex
CREATE INDEX "pipeline_runs_state_idx" ON "pipeline_runs"("state");

-- AddForeignKey
ALTER TABLE "auth_tokens" ADD CONSTRAINT "auth_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "questions" ADD CONSTRAINT "questions_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "pipeline_runs"("run_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_sessions" ADD CONSTRAINT "test_sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "responses" ADD CONSTRAINT "responses_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "test_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "responses" ADD CONSTRAINT "responses_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "questions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "test_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

