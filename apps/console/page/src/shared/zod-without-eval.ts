import { config } from 'zod';

/** The page's policy forbids code from text, which zod otherwise tries to make its parsers from. */
config({ jitless: true });
