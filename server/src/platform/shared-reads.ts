/**
 * Shares a reading among those who ask for the same at the same time. Whoever asks while one is under way waits
 * for the next, which begins after they asked: nobody is given what was read before that.
 *
 * @param read must not care who asks; a failure is everybody's who shares it
 */
export function sharedReads<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  interface Turn {
    /** Resolves when the reading is over, whatever came of it. */
    over: Promise<unknown>;
    next?: Promise<T>;
  }
  const turns = new Map<string, Turn>();

  function begin(key: string): Promise<T> {
    const reading = read(key);
    const turn: Turn = { over: reading.catch(() => {}) };
    turns.set(key, turn);
    void turn.over.then(() => {
      if (turn.next === undefined) turns.delete(key);
    });
    return reading;
  }

  return (key) => {
    const turn = turns.get(key);
    if (!turn) return begin(key);
    turn.next ??= turn.over.then(() => begin(key));
    return turn.next;
  };
}
