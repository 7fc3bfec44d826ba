import type { BackendClient, TestResult } from './backend-client.ts';
import type { KeysRepository } from './keys-repository.ts';
import { chooseOption, type SimulatedTaker } from './simulated-taker.ts';

/** No test is longer than this; a session that goes on for ever is a defect, not a reason to hang. */
const answersMax = 100;

/** Registers, takes an adaptive test to its end, and reads the result. `onAnswer` may choose the trace of a request. */
export async function takeTest(options: {
  client: BackendClient;
  keys: KeysRepository;
  taker: SimulatedTaker;
  email: string;
  password: string;
  traceparentFor?: (position: number) => string | undefined;
}): Promise<TestResult> {
  const { client, keys, taker, email, password, traceparentFor } = options;
  const token = await client.register(email, password);
  const session = await client.startSession(token, 'adaptive');
  for (let position = 1; position <= answersMax; position += 1) {
    const { id } = await client.currentQuestion(token, session);
    const optionIndex = chooseOption(taker, id, await keys.getKey(id));
    const response = { questionId: id, optionIndex };
    const { done } = await client.answer(token, session, response, traceparentFor?.(position));
    if (done) return client.result(token, session);
  }
  throw new Error(`the session was not finished after ${answersMax} answers`);
}
