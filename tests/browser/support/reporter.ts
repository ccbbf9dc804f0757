// The last line says how many tests passed and failed. A test that did not run has failed.

import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';

export default class Summary implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(result: FullResult): void {
    const tests = this.suite?.allTests() ?? [];
    const passed = tests.filter((test) => test.outcome() === 'expected').length;
    // A run that broke off for another reason than a test has failed as well.
    const failed = Math.max(tests.length - passed, result.status === 'passed' ? 0 : 1);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
