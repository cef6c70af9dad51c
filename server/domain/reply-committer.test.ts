import { describe, expect, it } from 'vitest';
import { createCommitter } from './reply-committer.ts';

function createLog() {
  let text = '';
  const writes: string[] = [];
  const committed: string[] = [];
  const gaveUp: unknown[] = [];
  let answers: (() => Promise<boolean>)[] = [];
  let onCommit: () => void = () => {};
  const committer = createCommitter<string>({
    snapshot: () => text,
    write(state) {
      writes.push(state);
      return (answers.shift() ?? (async () => true))();
    },
    committed(state) {
      committed.push(state);
      onCommit();
    },
    gaveUp(cause) {
      gaveUp.push(cause);
      onCommit();
    },
  });
  return {
    writes,
    committed,
    gaveUp,
    committer,
    add(piece: string) {
      text += piece;
      committer.update();
    },
    answerWith(...next: (() => Promise<boolean>)[]) {
      answers = next;
    },
    until: (isDone: () => boolean) =>
      new Promise<void>((resolve) => {
        onCommit = () => isDone() && resolve();
        onCommit();
      }),
  };
}

describe('group commit', () => {
  it('writes what came during a write together, after it', async () => {
    const log = createLog();
    let answerFirst: (isOurs: boolean) => void = () => {};
    log.answerWith(() => new Promise((resolve) => (answerFirst = resolve)));
    log.add('a');
    await new Promise(setImmediate);
    for (const piece of ['b', 'c', 'd']) log.add(piece);
    expect(log.writes).toEqual(['a']);
    answerFirst(true);
    await log.until(() => log.committed.length === 2);
    expect(log.committed).toEqual(['a', 'abcd']);
  });

  it('shows nothing that was not written', async () => {
    const log = createLog();
    log.add('a');
    expect(log.committed).toEqual([]);
    await log.until(() => log.committed.length === 1);
    expect(log.writes).toEqual(['a']);
  });

  it('writes again, with what is new, when the store did not answer', async () => {
    const log = createLog();
    log.answerWith(async () => {
      log.add('b');
      throw new Error('gone');
    });
    log.add('a');
    await log.until(() => log.committed.length === 1);
    expect(log.writes).toEqual(['a', 'ab']);
    expect(log.committed).toEqual(['ab']);
  });

  it('never writes again once the state belongs to another', async () => {
    const log = createLog();
    log.answerWith(async () => false);
    log.add('a');
    await log.until(() => log.gaveUp.length === 1);
    log.add('b');
    log.committer.finish();
    await new Promise(setImmediate);
    expect(log.writes).toEqual(['a']);
    expect(log.committed).toEqual([]);
    expect(log.gaveUp).toEqual([undefined]);
  });
});
