// Starts the whole system: once for all tests, and once more for a test that moves the clock. Always on ports of its
// own choice, with an empty data folder.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const LONGEST_START = 60_000;

/** The runner that was built last, unless the environment names another. */
export function runner(): string {
  const target = process.env.CARGO_TARGET_DIR ?? resolve(import.meta.dirname, '../../../target');
  const path = process.env.PALAD_LOCAL ?? join(target, 'debug', 'palad-local');
  if (!existsSync(path)) throw new Error(`${path} is not there: run cargo build, or set PALAD_LOCAL`);
  return path;
}

export interface Started { url: string; data: string; stop: () => Promise<void> }

/** A system of one's own, for a test that moves its clock. */
export async function startOne(): Promise<Started> {
  const data = mkdtempSync(join(tmpdir(), 'palad-browser-'));
  const child = spawn(runner(), ['--port', '0', '--data', data], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // A line for each request would hide the tests.
    env: { ...process.env, RUST_LOG: process.env.RUST_LOG ?? 'warn' },
  });
  const ended = new Promise<void>((settle) => { child.once('exit', () => settle()); });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
    rmSync(data, { recursive: true, force: true });
  };
  const file = join(data, 'runner.json');
  const until = Date.now() + LONGEST_START;
  while (!existsSync(file)) {
    if (child.exitCode !== null) throw new Error(`the runner ended with ${child.exitCode}`);
    if (Date.now() > until) {
      await stop();
      throw new Error('the runner did not come up');
    }
    await new Promise((settle) => { setTimeout(settle, 100); });
  }
  return { url: `http://localhost:${JSON.parse(readFileSync(file, 'utf8')).site}`, data, stop };
}

export default async function start(): Promise<() => Promise<void>> {
  // A system that is already up may be tried instead, while the site is being written.
  if (process.env.PALAD_URL) return async () => {};
  const { url, data, stop } = await startOne();
  process.env.PALAD_URL = url;
  process.env.PALAD_DATA = data;
  return stop;
}
