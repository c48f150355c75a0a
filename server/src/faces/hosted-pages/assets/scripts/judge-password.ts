interface Judgement {
  rules: Record<string, boolean>;
  level: number;
  word: string;
}

const PAUSE_AFTER_TYPING_MS = 250;

/**
 * While a new password is typed, asks the server which rules it satisfies and how strong it is.
 * The server judges, so that page and policy cannot disagree and no dictionary has to be shipped.
 */
export function judgeWhileTyping(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-judge]');
  const field = form?.querySelector<HTMLInputElement>('[data-new-password]');
  const meter = form?.querySelector<HTMLElement>('[data-meter]');
  const token = form?.querySelector<HTMLInputElement>('input[name=csrf]');
  if (!form || !field || !meter || !token) return;
  const word = meter.querySelector('[data-meter-word]');
  const loginID = form.querySelector<HTMLInputElement>('[autocomplete=username]');
  let timer = 0;
  let asked: AbortController | undefined;

  const show = (judgement?: Judgement): void => {
    for (const rule of form.querySelectorAll<HTMLElement>('[data-rule-name]')) {
      const met = judgement?.rules[rule.dataset.ruleName ?? ''] ?? false;
      rule.dataset.rule = met ? 'met' : 'open';
      const state = rule.querySelector('[data-rule-state]');
      if (state) state.textContent = met ? (rule.dataset.metWord ?? '') : '';
    }
    meter.dataset.level = String(judgement?.level ?? 0);
    if (word) word.textContent = judgement?.word ?? '';
  };

  const ask = async (): Promise<void> => {
    asked?.abort();
    if (field.value === '') return show();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const answer = await fetch(form.dataset.judge ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf-token': token.value },
        body: JSON.stringify({ password: field.value, login_id: loginID?.value ?? '' }),
        signal,
      });
      show(answer.ok ? ((await answer.json()) as Judgement) : undefined);
    } catch {
      // Offline, unless newer typing overtook it: nothing is known, and the server judges when the form is sent.
      if (!signal.aborted) show();
    }
  };

  meter.hidden = false;
  field.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE_AFTER_TYPING_MS);
  });
  if (field.value !== '') void ask();
}
