import { checkPolicy, passwordStrength } from '../../passwords/index.ts';
import type { HostedPagesDeps } from './deps.ts';
import type { PageContext } from './http.ts';
import { chooseLocale } from './language.ts';
import { ruleNames } from './rules.ts';

/**
 * Answers, while a new password is typed, which rules it satisfies and how strong it is. History is left to
 * the sending of the form: it costs a hash for each password in it. The password is neither kept nor logged.
 */
export async function judge(
  c: PageContext,
  deps: HostedPagesDeps,
  input: { password: string; loginIDs: string[]; uiLocales?: string },
): Promise<Response> {
  const { passwords: policy } = await deps.projects.settings(c.get('project'));
  const context = { loginIDs: input.loginIDs, projectName: c.get('project').name };
  const broken = new Set((await checkPolicy(policy, input.password, context)).map((cause) => cause.Name as string));
  const level = await passwordStrength(input.password, [...input.loginIDs, context.projectName]);
  const locale = chooseLocale(deps.words.locales, input.uiLocales, c.req.header('accept-language'));
  const known = ruleNames(policy).filter((name) => name !== 'PasswordReused');
  return c.json(
    {
      rules: Object.fromEntries(known.map((name) => [name, !broken.has(name)])),
      level,
      word: deps.words.translator(locale)(`strength.level.${level}`),
    },
    200,
    { 'Cache-Control': 'no-store' },
  );
}
