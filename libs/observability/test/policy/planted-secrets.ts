import fc from 'fast-check';

/** A text with something in it that must not leave the process. */
export interface Planted {
  readonly kind: string;
  readonly text: string;
  readonly secret: string;
}

const token = fc.stringMatching(/^[A-Za-z0-9]{20,40}$/);
const password = fc.stringMatching(/^[A-Za-z][A-Za-z0-9!$^*_-]{9,20}[0-9]$/);
const hex = fc.stringMatching(/^[0-9a-f]{32}$/);
const base64url = fc.stringMatching(/^[A-Za-z0-9_-]{12,60}$/);
const jwt = fc.tuple(base64url, base64url, base64url).map((parts) => `eyJ${parts.join('.')}`);
const email = fc
  .tuple(
    fc.stringMatching(/^[a-z][a-z0-9._%+'-]{0,18}[a-z0-9]$/),
    fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z]$/),
    fc.constantFrom('example.org', 'co.uk', 'de', 'museum'),
  )
  .map(([local, domain, end]) => `${local}@${domain}.${end}`);

const cardNumber = fc
  .tuple(fc.constantFrom('4', '51', '2221', '37', '6011', '3528'), fc.stringMatching(/^[0-9]{15}$/))
  .map(([prefix, digits]) => {
    const short = `${prefix}${digits}`.slice(0, prefix === '37' ? 14 : 15);
    return `${short}${checkDigit(short)}`;
  });
const card = fc
  .tuple(cardNumber, fc.constantFrom('', ' ', '-'))
  .map(([digits, gap]) => (digits.match(/.{1,4}/g) ?? []).join(gap));

const shapes: readonly (readonly [string, fc.Arbitrary<string>, (secret: string) => string])[] = [
  ['bearer', token, (secret) => `Authorization: Bearer ${secret} refused`],
  ['basic', token, (secret) => `sent basic ${secret}== to it`],
  ['jwt', jwt, (secret) => `cannot verify ${secret} now`],
  ['dsn', hex, (secret) => `dsn https://${secret}@o17.ingest.sentry.io/42`],
  ['old dsn', hex, (secret) => `dsn https://public:${secret}@sentry.example/42`],
  ['postgres', password, (secret) => `postgres://aiq:${secret}@db:5432/aiq is away`],
  ['redis', password, (secret) => `redis://:${secret}@cache:6379/0`],
  ['mongodb', password, (secret) => `mongodb+srv://u:${secret}@cluster.example/x`],
  ['at sign', password, (secret) => `mysql://root:a@${secret}@db/x`],
  ['ado', password, (secret) => `Server=db;User Id=sa;Password=${secret};Timeout=3`],
  ['libpq', password, (secret) => `host=db password=${secret} dbname=aiq`],
  ['json', token, (secret) => `{"user":"x","password":"${secret}"}`],
  ['label', token, (secret) => `client_secret: ${secret}`],
  ['email', email, (secret) => `no account for ${secret}, sorry`],
  ['email in a URL', email, (secret) => `/v1/users?email=${secret}&a=1`],
  ['encoded email', email.map(encodeURIComponent), (secret) => `/v1/users?q=${secret}&a=1`],
  ['card', card, (secret) => `paid with ${secret} today`],
  ...[
    'token',
    'access_token',
    'reset_token',
    'refreshToken',
    'client_secret',
    'api_key',
    'apiKey',
    'sig',
    'X-Amz-Signature',
    'code',
    'key',
    'session_id',
    'jwt',
    'auth',
  ].map(
    (name) =>
      [
        `query ${name}`,
        token,
        (secret: string) => `GET https://api.example/v1/x?a=1&${name}=${secret}&b=2`,
      ] as const,
  ),
];

/** Each kind of secret in a text that is likely to hold it. */
export const plantedSecrets: readonly fc.Arbitrary<Planted>[] = shapes.map(
  ([kind, secrets, plant]) => secrets.map((secret) => ({ kind, secret, text: plant(secret) })),
);

/** By the algorithm of Luhn. */
function checkDigit(digits: string): number {
  const total = [...digits]
    .reverse()
    .map((digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1))
    .reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0);
  return (10 - (total % 10)) % 10;
}
