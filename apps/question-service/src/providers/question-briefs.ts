import type { DifficultyLevel, QuestionType } from '../questions/question.ts';

/** What an author has to know of one type of question. */
export interface QuestionBrief {
  readonly measures: string;
  /** What stands in the stimulus, or that there is none. */
  readonly stimulus: string;
  /** What makes it hard: structure, never the size of numbers. */
  readonly difficulty: Readonly<Record<DifficultyLevel, string>>;
}

export const questionBriefs: Readonly<Record<QuestionType, QuestionBrief>> = {
  pattern: {
    measures:
      'Finding the rule behind a series of numbers or letters, or a matrix of text symbols.',
    stimulus:
      'The series or the matrix, one row a line, cells divided by " | ", the missing one as "?".',
    difficulty: {
      easy: 'One rule, seen in two steps.',
      medium: 'Two rules at once, as one along the rows and another down the columns.',
      hard: 'Two interleaved series, a rule of rules, or one that looks back two places.',
    },
  },
  logic: {
    measures: 'Drawing the one conclusion that a few premises allow.',
    stimulus: 'None: the premises stand in the content.',
    difficulty: {
      easy: 'Two premises, one step.',
      medium: 'Three or four premises, of which one has to be turned round.',
      hard: 'Four or five premises that have to be held at once, one of them a conditional or a denial.',
    },
  },
  spatial: {
    measures: 'Turning, folding and walking in the mind, told in words or drawn in text.',
    stimulus: 'A small grid or net drawn in text, one row a line, where the question needs one.',
    difficulty: {
      easy: 'One turn or one fold.',
      medium: 'Two operations one after the other.',
      hard: 'Three operations, or a net of a cube with opposite and adjacent faces.',
    },
  },
  math: {
    measures: 'Setting up what a short problem asks for; the arithmetic can be done in the head.',
    stimulus: 'None: the problem stands in the content.',
    difficulty: {
      easy: 'One operation.',
      medium: 'Two operations, or one relation turned round.',
      hard: 'Two unknowns, a rate of rates, or a share of a share.',
    },
  },
  verbal: {
    measures: 'Relations between the meanings of common English words: analogies and odd ones out.',
    stimulus: 'None: the words stand in the content and the options.',
    difficulty: {
      easy: 'A concrete relation, as part and whole.',
      medium: 'An abstract relation, as cause and effect or degree.',
      hard: 'A relation that a near one has to be told from.',
    },
  },
  memory: {
    measures: 'Keeping a list or pairs in mind for a few seconds.',
    stimulus:
      'What is memorised: it is shown for a few seconds and hidden before the question appears. Always there.',
    difficulty: {
      easy: 'Four items, asked for as they were shown.',
      medium: 'Six items, asked for by place or partner.',
      hard: 'Eight items, asked for in another order or after one change.',
    },
  },
};
