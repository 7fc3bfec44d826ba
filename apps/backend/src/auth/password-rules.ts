import { dictionary } from '@zxcvbn-ts/language-common';

/** Code points after NFKC. The only factor: 15 at least, and 64 must be possible (NIST SP 800-63B-4, 3.1.1.2). */
export const passwordLengthMin = 15;
export const passwordLengthMax = 128;

/** Some 49,000 passwords of breaches, in lower case (@zxcvbn-ts/language-common). */
const commonPasswords: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** Words that anyone would try here first. */
const serviceWords = ['aiq', 'iq test', 'iqtest'];
const sequences = ['abcdefghijklmnopqrstuvwxyz', '1234567890', 'qwertyuiopasdfghjklzxcvbnm'];

/** What an attacker knows of the user. */
export interface PasswordOwner {
  readonly email: string;
  readonly displayName?: string | null | undefined;
}

/**
 * Says what is wrong with a new password; undefined where nothing is. Refuses what is short, what breaches have
 * shown to be common, alone or repeated or with digits and signs around it, and what is built of the user's own
 * name or address. No rule of composition: they make passwords worse (ibid.).
 *
 * @param password After NFKC.
 */
export function passwordProblem(password: string, owner: PasswordOwner): string | undefined {
  const length = [...password].length;
  if (length < passwordLengthMin) {
    return `expected at least ${passwordLengthMin} characters, got ${length}: a few words in a row will do`;
  }
  if (length > passwordLengthMax) {
    return `expected at most ${passwordLengthMax} characters, got ${length}`;
  }
  const plain = password.toLowerCase();
  if (cores(plain).some(isCommon)) {
    return 'is among the passwords that are tried first: choose one that nobody else would';
  }
  if (restAfter(plain, ownWords(owner)) < passwordLengthMin / 2) {
    return 'is built of your name, your address or the name of this service: choose other words';
  }
  return undefined;
}

/** The password, and what is left of it without repetition and without what people put around a word. */
function cores(plain: string): string[] {
  const word = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return [plain, repeatedUnit(plain), word, repeatedUnit(word)].filter((core) => core !== '');
}

function isCommon(core: string): boolean {
  return commonPasswords.has(core) || isSequence(core) || isSequence([...core].reverse().join(''));
}

/** `abcdef`, `qwerty`, `3456789012`, and one sign alone: all that is left of one repeated. */
function isSequence(core: string): boolean {
  if (core.length === 1) return true;
  return sequences.some((sequence) =>
    sequence.repeat(Math.ceil(core.length / sequence.length) + 1).includes(core),
  );
}

/** The shortest text that repeated makes `text`; its last repetition may be cut off. */
function repeatedUnit(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const unit = text.slice(0, length);
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit;
  }
  return text;
}

function ownWords({ email, displayName }: PasswordOwner): string[] {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const name = (displayName ?? '').normalize('NFKC').toLowerCase();
  return [
    email.toLowerCase(),
    local,
    domain,
    name,
    ...local.split(/[^\p{L}\p{N}]+/u),
    ...name.split(/\s+/),
  ]
    .concat(serviceWords)
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length);
}

/** Letters and digits that are left once the words are taken out. */
function restAfter(plain: string, words: readonly string[]): number {
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), plain);
  return rest === plain ? plain.length : [...rest.replace(/[^\p{L}\p{N}]+/gu, '')].length;
}
