import type { Database } from '@aiq/database';
import type { CalibratedItem } from '../psychometrics/calibration/calibrate-items.ts';
import type { TakerResponse } from '../psychometrics/calibration/response-matrix.ts';
import type { ItemParameters } from '../psychometrics/two-parameter-logistic.ts';

/** One calibration, as its history shows it. */
export interface CalibrationRecord {
  readonly version: number;
  readonly createdAt: Date;
  readonly takers: number;
  readonly responses: number;
  readonly logLikelihood: number;
  readonly cycles: number;
  readonly slope: number;
  readonly intercept: number;
  readonly anchorIds: readonly string[];
  readonly driftedIds: readonly string[];
}

export interface NewCalibration extends Omit<CalibrationRecord, 'createdAt'> {
  readonly items: readonly CalibratedItem[];
}

/** An item's parameters before a calibration. */
export interface KnownItem extends ItemParameters {
  readonly itemId: string;
  /** False where they are what the author gave it. */
  readonly isCalibrated: boolean;
}

/** Sessions whose responses are read at once. */
const pageSize = 2_000;

/** The door to calibrations and calibrated_items, and to the responses that they rest on. */
export function createCalibrationsRepository({ prisma }: Database) {
  return {
    /** 0 where there is none yet. */
    async findNewestVersion(): Promise<number> {
      const { _max } = await prisma.calibration.aggregate({ _max: { version: true } });
      return _max.version ?? 0;
    },

    /** Gives every question's parameters as the newest calibration left them, the inactive ones too. */
    listKnownItems(): Promise<KnownItem[]> {
      return prisma.$queryRaw<KnownItem[]>`
        SELECT q.id AS "itemId", c.question_id IS NOT NULL AS "isCalibrated",
          coalesce(c.discrimination, q.discrimination) AS discrimination,
          coalesce(c.difficulty, q.difficulty) AS difficulty
        FROM questions q LEFT JOIN (
          SELECT DISTINCT ON (question_id) question_id, discrimination, difficulty
          FROM calibrated_items ORDER BY question_id, version DESC
        ) c ON c.question_id = q.id`;
    },

    /** Gives the responses of each session that has any, finished or not: adaptive choice rests on all of them. */
    async listResponses(): Promise<TakerResponse[][]> {
      const takers: TakerResponse[][] = [];
      for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
        const rows = await prisma.$queryRaw<SessionRow[]>`
          SELECT session_id AS "sessionId", array_agg(question_id ORDER BY position) AS "itemIds",
            array_agg(correct ORDER BY position) AS correct
          FROM responses WHERE session_id > ${after}::uuid
          GROUP BY session_id ORDER BY session_id LIMIT ${pageSize}`;
        for (const { itemIds, correct } of rows) {
          takers.push(itemIds.map((itemId, at) => ({ itemId, correct: correct[at] === true })));
        }
        const last = rows.at(-1);
        if (last === undefined || rows.length < pageSize) return takers;
        after = last.sessionId;
      }
    },

    /** Stores a calibration whole; false where another one took its version meanwhile. */
    async store({ items, ...calibration }: NewCalibration): Promise<boolean> {
      const { version } = calibration;
      return prisma.$transaction(async (transaction) => {
        const { count } = await transaction.calibration.createMany({
          data: [
            {
              ...calibration,
              anchorIds: [...calibration.anchorIds],
              driftedIds: [...calibration.driftedIds],
            },
          ],
          skipDuplicates: true,
        });
        if (count === 0) return false;
        await transaction.calibratedItem.createMany({
          data: items.map(({ itemId, ...item }) => ({ ...item, version, questionId: itemId })),
        });
        await transaction.question.updateMany({
          where: { id: { in: items.map(({ itemId }) => itemId) } },
          data: { calibration: 'calibrated' },
        });
        return true;
      });
    },

    /** Newest first. */
    async list(limit: number): Promise<(CalibrationRecord & { readonly items: number })[]> {
      const rows = await prisma.calibration.findMany({
        orderBy: { version: 'desc' },
        take: limit,
        include: { _count: { select: { items: true } } },
      });
      return rows.map(({ _count, ...row }) => ({ ...row, items: _count.items }));
    },
  };
}

interface SessionRow {
  readonly sessionId: string;
  readonly itemIds: readonly string[];
  readonly correct: readonly boolean[];
}

export type CalibrationsRepository = ReturnType<typeof createCalibrationsRepository>;
