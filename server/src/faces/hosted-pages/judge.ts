import { Hono } from 'hono';
import { checkPolicy, passwordStrength } from '../../passwords/index.ts';
import { HTTP_STATUS, LatchkeyError, UNEXPECTED } from '../../platform/errors.ts';
import { assertNotForged } from './csrf.ts';
import type { HostedPagesDeps } from './deps.ts';
import { noPasswordWanted } from './errors.ts';
import { type FormFields, readJSON } from './forms.ts';
import type { PageContext, PageEnv } from './http.ts';
import { chooseLocale } from './language.ts';
import { countJudged } from './limit-forms.ts';
import { retryAfter } from './retry-after.ts';
import { ruleNames } from './rules.ts';

/** Whose new password is judged: their login ids, or undefined where no new password is asked for. */
type FindLoginIDs = (c: PageContext, field: FormFields) => Promise<string[] | undefined>;

/**
 * Answers, while a new password is typed, which rules it satisfies and how strong it is. History is left to
 * the sending of the form: it costs a hash for each password in it. The password is neither kept nor logged.
 * A script asks, so that errors are JSON too.
 */
export function judgeRoutes(deps: HostedPagesDeps, path: string, findLoginIDs: FindLoginIDs): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  routes.post(path, async (c) => {
    await countJudged(deps, c);
    assertNotForged(c, deps.secrets, c.req.header('x-csrf-token'));
    const field = await readJSON(c);
    const loginIDs = await findLoginIDs(c, field);
    if (!loginIDs) throw noPasswordWanted();
    const project = c.get('project');
    const { passwords: policy } = await deps.projects.settings(project);
    const hints = { loginIDs, projectName: project.name };
    const password = field('password');
    const broken = new Set<string>((await checkPolicy(policy, password, hints)).map(({ Name }) => Name));
    const level = await passwordStrength(password, hints);
    const judged = ruleNames(policy).filter((name) => name !== 'PasswordReused');
    return c.json(
      {
        rules: Object.fromEntries(judged.map((name) => [name, !broken.has(name)])),
        level,
        word: wordFor(c, deps, level),
      },
      200,
      HEADERS,
    );
  });

  routes.onError((error, c) => {
    if (!(error instanceof LatchkeyError)) {
      deps.log.error({ err: error, path }, 'a password could not be judged');
      return c.json({ error: UNEXPECTED }, 500, HEADERS);
    }
    const { kind, reason, message } = error;
    return c.json({ error: { kind, reason, message } }, HTTP_STATUS[kind], {
      ...HEADERS,
      ...retryAfter(error),
    });
  });

  return routes;
}

const HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

function wordFor(c: PageContext, { words }: HostedPagesDeps, level: number): string {
  const locale = chooseLocale(words.locales, c.get('login')?.uiLocales, c.req.header('accept-language'));
  return words.translator(locale)(`strength.level.${level}`);
}
