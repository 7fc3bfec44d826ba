import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { eventually, freePort, runProgram, startProgram } from '../src/index.ts';

const node = (code: string) => ['--input-type=module', '--eval', code];

describe('runProgram', () => {
  test('gives code and both outputs', async () => {
    const code = 'console.log("out"); console.error("err"); process.exitCode = 3;';

    await expect(runProgram('node', node(code))).resolves.toMatchObject({
      code: 3,
      signal: null,
      stdout: 'out\n',
      stderr: 'err\n',
      durationMs: expect.any(Number),
    });
  });

  test('hands over exactly the given environment, over PATH, HOME and TMPDIR', async () => {
    const code = 'console.log(JSON.stringify(process.env))';
    const host = { PATH: '/bin', HOME: '/h' };
    const { stdout } = await runProgram('node', node(code), {
      env: { A: '1', HOME: '/x', B: undefined },
      host,
    });

    expect(JSON.parse(stdout)).toEqual({ PATH: '/bin', HOME: '/x', A: '1' });
  });

  test('gives the input and closes it', async () => {
    const { stdout } = await runProgram('cat', [], { input: 'grüße' });

    expect(stdout).toBe('grüße');
  });

  test('runs the Node.js of the tests for `node`, in the given folder', async () => {
    const code = 'console.log(process.version, process.cwd())';
    const { stdout } = await runProgram('node', node(code), { cwd: '/' });

    expect(stdout).toBe(`${process.version} /\n`);
  });

  test('kills a program that does not end, and shows what it said', async () => {
    const code = 'console.log("working"); setInterval(() => {}, 1000);';
    const run = runProgram('node', node(code), { timeoutMs: 1_000 });

    await expect(run).rejects.toThrow(/did not end within 1000 ms\nworking/);
  });

  test('a command that does not exist is an error', async () => {
    await expect(runProgram('no-such-command-anywhere')).rejects.toThrow(/ENOENT/);
  });

  test('a child that outlives the program and holds its output does not hold up the end', async () => {
    const { stdout, durationMs } = await runProgram('sh', ['-c', 'sleep 30 & echo $!']);

    expect(durationMs).toBeLessThan(10_000);
    await eventually(() => !isAlive(Number(stdout)));
  });
});

describe('startProgram', () => {
  test('finds lines of the past and the future, without their colours', async () => {
    const code = String.raw`
      console.log('\u001b[32mlistening\u001b[39m on http://127.0.0.1:81');
      setTimeout(() => console.error('ready'), 50);
      setInterval(() => {}, 1000);`;
    await using program = await startProgram('node', node(code));

    const [, port] = await program.waitForLine(/^listening on .*:(\d+)/);
    await program.waitForLine(/ready/);
    await program.waitForLine(/listening/g);
    await program.waitForLine(/listening/g);

    expect(port).toBe('81');
    expect(program.stdout).toContain('listening');
  });

  test('a program that ends before its line is an error that shows its output', async () => {
    await using program = await startProgram('node', node('console.error("port taken")'));

    await expect(program.waitForLine(/listening/)).rejects.toThrow(
      /ended \(code 0\) before a line like \/listening\/\nport taken/,
    );
  });

  test('waits for a line only as long as it may', async () => {
    await using program = await startProgram('sleep', ['30']);

    await expect(program.waitForLine(/never/, { timeoutMs: 50 })).rejects.toThrow(/in vain/);
  });

  test('stop sends SIGTERM and gives the end', async () => {
    const code =
      'process.on("SIGTERM", () => { console.log("bye"); process.exit(7); }); console.log("up"); setInterval(() => {}, 1000);';
    await using program = await startProgram('node', node(code));
    await program.waitForLine(/up/);

    await expect(program.stop()).resolves.toMatchObject({ code: 7, stdout: 'up\nbye\n' });
    await expect(program.stop()).resolves.toMatchObject({ code: 7 });
  });

  test('stop kills a program that does not listen', async () => {
    const code = 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000);';
    await using program = await startProgram('node', node(code));
    await program.waitForLine(/up/);

    await expect(program.stop('SIGTERM', { timeoutMs: 50 })).resolves.toMatchObject({
      code: null,
      signal: 'SIGKILL',
    });
  });

  test('disposing it kills its children too', async () => {
    let child = 0;
    {
      await using program = await startProgram('sh', ['-c', 'sleep 30 & echo $!; wait']);
      const [pid] = await program.waitForLine(/\d+/);
      child = Number(pid);
      expect(isAlive(child)).toBe(true);
    }

    await eventually(() => !isAlive(child));
  });
});

describe('freePort', () => {
  test('gives ports that can be listened on', async () => {
    const port = await freePort();

    expect(port).toBeGreaterThan(1023);
  });
});

/** A process that ended and was not collected yet does not count as alive. */
function isAlive(pid: number): boolean {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  return status === 0 && !stdout.trim().startsWith('Z');
}
