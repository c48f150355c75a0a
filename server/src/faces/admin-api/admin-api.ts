import type { Actor, Origin } from '../../audit/index.ts';
import type { Project } from '../../projects/index.ts';
import { type AdminApiDeps, type ApiContext, createContext, type Operator } from './context.ts';
import { createExecutor, type Executor } from './executor.ts';
import { authenticateKey } from './guard/authenticate-key.ts';
import { judgeHead, readBody } from './guard/read-request.ts';
import { refuse } from './guard/refuse.ts';

/** The Admin API of every project: one schema behind two doors. */
export interface AdminApi {
  /**
   * Answers a request that carries a token signed with an Admin API key of the project; 401 without one.
   * `origin` says where the request came from, for the audit log.
   */
  handleWithKey(request: Request, project: Project, origin: Origin): Promise<Response>;
  /**
   * Answers a request of an operator. The caller has checked the session, the Origin header and the
   * operator's role in the project.
   */
  handleAsOperator(request: Request, project: Project, operator: Operator, origin: Origin): Promise<Response>;
}

/** Makes the Admin API. The schema is built at the first request. */
export function createAdminApi(deps: AdminApiDeps): AdminApi {
  let executor: Executor | undefined;

  async function run(request: Request, context: ApiContext): Promise<Response> {
    const body = await readBody(request);
    if ('refusal' in body) return refuse(body.refusal);
    executor ??= createExecutor(deps.log);
    return executor(body.text, request.headers.get('accept') ?? '', context);
  }

  return {
    async handleWithKey(request, project, origin) {
      const caller = await authenticateKey(deps, project, request);
      if ('refusal' in caller) return refuse(caller.refusal);
      const wrong = judgeHead(request);
      if (wrong) return refuse(wrong);
      const actor: Actor = { type: 'admin_api', keyID: caller.keyID };
      return run(request, createContext(deps, project, { actor, origin }));
    },
    async handleAsOperator(request, project, operator, origin) {
      const wrong = judgeHead(request);
      if (wrong) return refuse(wrong);
      const actor: Actor = { type: 'operator', userID: operator.userID };
      return run(request, createContext(deps, project, { actor, origin }, operator));
    },
  };
}
