import { expect, it } from 'vitest';
import { createUndo } from './undo.ts';

function undoing() {
  const [order, warnings]: [string[], string[]] = [[], []];
  const undo = createUndo({
    warn: (...said: unknown[]) => void warnings.push(JSON.stringify(said)),
  } as never);
  return { undo, order, warnings };
}

it('stops last first, and each once', async () => {
  const { undo, order, warnings } = undoing();
  for (const what of ['database', 'requests', 'jobs']) undo.add(what, async () => void order.push(what));
  await undo.all();
  await undo.all();
  expect([order, warnings]).toEqual([['jobs', 'requests', 'database'], []]);
});

it('goes on after what fails and after what takes for ever', async () => {
  const { undo, order, warnings } = undoing();
  undo.add('database', async () => void order.push('database'));
  undo.add('requests', () => new Promise(() => {}), 1);
  undo.add('jobs', () => Promise.reject(new Error('gone')));
  await undo.all();
  expect(order).toEqual(['database']);
  expect(warnings).toEqual([
    expect.stringMatching(/"jobs".*"gone".*cannot be stopped/),
    expect.stringMatching(/"requests".*in time/),
  ]);
});
