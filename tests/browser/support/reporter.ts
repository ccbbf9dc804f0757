// The last line says how many tests passed and failed, those before it which ones and why. A test that did not run has failed.

import { basename } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { FullResult, Reporter, Suite, TestCase } from '@playwright/test/reporter';

/** Of an error that can be pages long. */
const LONG_ENOUGH = 600;

export default class Summary implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(result: FullResult): void {
    const tests = this.suite?.allTests() ?? [];
    const passed = tests.filter((test) => test.outcome() === 'expected').length;
    for (const test of tests.filter((one) => one.outcome() !== 'expected')) process.stdout.write(`failed: ${complaint(test)}\n`);
    // A run that broke off for another reason than a test has failed as well.
    const failed = Math.max(tests.length - passed, result.status === 'passed' ? 0 : 1);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}

/** Where it stands, what it is called, and the beginning of what went wrong, on one line. */
function complaint(test: TestCase): string {
  const { file, line } = test.location;
  const message = test.results.flatMap((result) => result.errors).map((error) => error.message ?? '').join(' ');
  const plain = stripVTControlCharacters(message).replaceAll(/\s+/g, ' ').slice(0, LONG_ENOUGH);
  return `${basename(file)}:${line} ${test.title}: ${plain || 'it did not run'}`;
}
