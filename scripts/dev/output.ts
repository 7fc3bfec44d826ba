import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { styleText } from 'node:util';
import { prettyFactory } from 'pino-pretty';

const colours = ['cyan', 'magenta', 'yellow', 'blue', 'green'] as const;

export interface Output {
  /** The platform's own word. */
  say(text: string): void;
  warn(text: string): void;
  fail(text: string): void;
  /** Shows a child's lines under its name; JSON log lines are made readable. */
  attach(name: string, stream: Readable): void;
}

/** A log record with its text where pino-pretty looks for it, and a finished request in a few words. */
function inShort(record: Record<string, unknown>): Record<string, unknown> {
  const { message, ...rest } = record;
  if (message !== 'request completed')
    return message === undefined ? rest : { ...rest, msg: message };
  const { level, time, trace_id } = record;
  const milliseconds = Math.round(Number(record['duration_seconds']) * 1000);
  const request = `${record['http.request.method']} ${record['url.path']}`;
  const msg = `${request} ${record['http.response.status_code']} ${milliseconds} ms`;
  return { level, time, msg, trace_id };
}

/** Lines of several processes on one terminal; without colour the same words in plain text. */
export function createOutput(options: { write: (line: string) => void; colour: boolean }): Output {
  const { write, colour } = options;
  const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
    colour ? styleText(format, text, { validateStream: false }) : text;
  const pretty = prettyFactory({
    colorize: colour,
    ignore: 'pid,hostname,service,name,trace_flags,span_id',
    translateTime: 'HH:MM:ss',
    singleLine: true,
  });
  const names: string[] = [];

  /** A JSON log line as a person reads it; anything else as it came. */
  function readable(line: string): string {
    if (!line.startsWith('{')) return line;
    try {
      return pretty(inShort(JSON.parse(line))).trimEnd();
    } catch {
      return line;
    }
  }

  return {
    say: (text) => write(`${paint('bold', 'aiq')}  ${text}`),
    warn: (text) => write(`${paint(['bold', 'yellow'], 'aiq')}  ${paint('yellow', text)}`),
    fail: (text) => write(`${paint(['bold', 'red'], 'aiq')}  ${paint('red', text)}`),
    attach(name, stream) {
      if (!names.includes(name)) names.push(name);
      const label = paint(colours[names.indexOf(name) % colours.length] ?? 'cyan', name.padEnd(16));
      createInterface({ input: stream }).on('line', (line) => {
        const text = readable(line);
        if (text) write(`${label}  ${text}`);
      });
    },
  };
}
