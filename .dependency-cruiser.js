const capabilities =
  'projects|users|passwords|recovery|codes|messages|sessions|login|accounts|oidc|access|audit';

/** A rule that forbids imports; its comment tells where the code should go instead. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    forbid(
      'no-circles',
      'Two files that need each other are one idea, or a third is missing: move the shared part down.',
      {},
      { circular: true },
    ),
    forbid(
      'platform-knows-no-capability',
      'platform/ knows nothing of users or passwords. Put the code into the capability, or hand platform/ a function.',
      { path: '^server/src/platform/' },
      { path: `^server/src/(${capabilities}|faces|cli|start)/` },
    ),
    forbid(
      'capabilities-know-no-face',
      'Faces are thin and stand on top. What a capability needs from a face comes in as an argument.',
      { path: `^server/src/(${capabilities})/` },
      { path: '^server/src/(faces|cli|start)/' },
    ),
    forbid(
      'through-the-front-door',
      "Import a capability by its index.ts; if something is missing there, it is the capability's to offer.",
      { path: '^server/src/([^/]+)/', pathNot: '\\.test\\.tsx?$' },
      { path: `^server/src/(${capabilities})/(?!index\\.ts$)`, pathNot: '^server/src/$1/' },
    ),
    forbid(
      'audit-imports-no-capability',
      'Every capability may record to audit; audit reads only its own table.',
      { path: '^server/src/audit/', pathNot: '\\.test\\.ts$' },
      { path: `^server/src/(${capabilities})/`, pathNot: '^server/src/audit/' },
    ),
    forbid(
      'projects-are-the-ground',
      'projects/ stands below every other capability but audit: raise an event or take a function instead.',
      { path: '^server/src/projects/', pathNot: '\\.test\\.ts$' },
      { path: '^server/src/(users|passwords|recovery|codes|messages|sessions|login|accounts|oidc|access)/' },
    ),
    forbid(
      'users-stand-on-projects',
      'users/ may use projects/ and audit/. What needs passwords, messages or sessions belongs to them.',
      { path: '^server/src/users/', pathNot: '\\.test\\.ts$' },
      { path: '^server/src/(passwords|recovery|codes|messages|sessions|login|accounts|oidc|access)/' },
    ),
    forbid(
      'login-is-on-top',
      'Nothing below login/, recovery/ and accounts/ may import them; only faces do.',
      { path: '^server/src/(passwords|codes|messages|sessions|oidc|access)/', pathNot: '\\.test\\.ts$' },
      { path: '^server/src/(login|recovery|accounts)/' },
    ),
    forbid(
      'only-oidc-knows-the-library',
      'oidc-provider has one door: oidc/. Ask its index.ts for what you need.',
      // The bench has the bare library beside ours.
      { pathNot: '^(server/src/oidc/|bench/bare-oidc-provider\\.ts$)' },
      { path: 'node_modules/oidc-provider/' },
    ),
    forbid(
      'stores-see-no-http',
      'A store speaks SQL. Hono and GraphQL belong to faces/.',
      { path: 'store\\.ts$' },
      { path: 'node_modules/(hono|@hono|graphql|graphql-yoga|@pothos)/' },
    ),
    forbid(
      'react-in-pages-and-mails-only',
      'React renders hosted pages, mails and the portal; the rest of the server does without.',
      { path: '^server/src/', pathNot: '^server/src/(faces/hosted-pages|messages/templates)' },
      { path: 'node_modules/(react|react-dom|@react-email)/' },
    ),
    forbid(
      'portal-stands-alone',
      'The portal knows the server by its API only.',
      { path: '^portal/' },
      { path: '^server/' },
    ),
    forbid(
      'no-tests-in-the-product',
      'What tests need lives in tests/support.',
      { path: '^(server|portal)/', pathNot: '\\.test\\.tsx?$' },
      { path: '(^tests/|\\.test\\.tsx?$)' },
    ),
    forbid('resolves', 'This import leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
