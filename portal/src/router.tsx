import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { meQuery } from './api/me.ts';
import { readAuditSearch } from './audit-log/audit-search.ts';
import { NoProject } from './layout/no-project.tsx';
import { PageNotFound } from './layout/page-not-found.tsx';
import { ProjectFrame } from './layout/project-frame.tsx';
import { Root } from './layout/root.tsx';
import { RouteFailure } from './layout/route-failure.tsx';
import { readActivitySearch } from './users/activity/kinds.ts';
import { readUsersSearch } from './users/users-search.ts';

interface RouterContext {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({
  loader: ({ context }) => context.queryClient.ensureQueryData(meQuery),
  component: Root,
  notFoundComponent: () => <PageNotFound standalone />,
});

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  loader: async ({ context }) => {
    const { projects } = await context.queryClient.ensureQueryData(meQuery);
    const [first] = projects;
    if (first) throw redirect({ to: '/project/$projectID/users', params: { projectID: first.id } });
  },
  component: NoProject,
});

const project = createRoute({
  getParentRoute: () => root,
  path: '/project/$projectID',
  component: ProjectFrame,
  notFoundComponent: () => <PageNotFound />,
});

const projectStart = createRoute({
  getParentRoute: () => project,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/project/$projectID/users', params });
  },
});

const createProject = createRoute({
  getParentRoute: () => root,
  path: '/projects/create',
  component: lazyRouteComponent(() => import('./projects/create-project-page.tsx'), 'CreateProjectPage'),
});

const firstSteps = createRoute({
  getParentRoute: () => project,
  path: '/first-steps',
  component: lazyRouteComponent(() => import('./projects/first-steps-page.tsx'), 'FirstStepsPage'),
});

const users = createRoute({
  getParentRoute: () => project,
  path: '/users',
  validateSearch: readUsersSearch,
  component: lazyRouteComponent(() => import('./users/users-page.tsx'), 'UsersPage'),
});

const createUser = createRoute({
  getParentRoute: () => project,
  path: '/users/create',
  component: lazyRouteComponent(() => import('./users/create-user-page.tsx'), 'CreateUserPage'),
});

const user = createRoute({
  getParentRoute: () => project,
  path: '/users/$userID',
  component: lazyRouteComponent(() => import('./users/user-page.tsx'), 'UserPage'),
});

const profile = createRoute({
  getParentRoute: () => user,
  path: '/',
  component: lazyRouteComponent(() => import('./users/profile-tab.tsx'), 'ProfileTab'),
});

const accountSecurity = createRoute({
  getParentRoute: () => user,
  path: '/account-security',
  component: lazyRouteComponent(
    () => import('./users/account-security/account-security-tab.tsx'),
    'AccountSecurityTab',
  ),
});

const sessions = createRoute({
  getParentRoute: () => user,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./users/sessions/sessions-tab.tsx'), 'SessionsTab'),
});

const activity = createRoute({
  getParentRoute: () => user,
  path: '/activity',
  validateSearch: readActivitySearch,
  component: lazyRouteComponent(() => import('./users/activity/activity-tab.tsx'), 'ActivityTab'),
});

const editProfile = createRoute({
  getParentRoute: () => project,
  path: '/users/$userID/edit-profile',
  component: lazyRouteComponent(() => import('./users/profile/edit-profile-page.tsx'), 'EditProfilePage'),
});

const changePassword = createRoute({
  getParentRoute: () => project,
  path: '/users/$userID/account-security/change-password',
  component: lazyRouteComponent(
    () => import('./users/account-security/change-password-page.tsx'),
    'ChangePasswordPage',
  ),
});

const loginMethods = createRoute({
  getParentRoute: () => project,
  path: '/authentication/login-methods',
  component: lazyRouteComponent(() => import('./authentication/login-methods-page.tsx'), 'LoginMethodsPage'),
});

const passwords = createRoute({
  getParentRoute: () => project,
  path: '/authentication/passwords',
  component: lazyRouteComponent(() => import('./authentication/passwords-page.tsx'), 'PasswordsPage'),
});

const recovery = createRoute({
  getParentRoute: () => project,
  path: '/authentication/recovery',
  component: lazyRouteComponent(() => import('./authentication/recovery-page.tsx'), 'RecoveryPage'),
});

const mailSettings = createRoute({
  getParentRoute: () => project,
  path: '/messages/mail',
  component: lazyRouteComponent(() => import('./messages/mail-settings-page.tsx'), 'MailSettingsPage'),
});

const general = createRoute({
  getParentRoute: () => project,
  path: '/settings/general',
  component: lazyRouteComponent(() => import('./settings/general-page.tsx'), 'GeneralPage'),
});

const mailbox = createRoute({
  getParentRoute: () => project,
  path: '/messages/mailbox',
  component: lazyRouteComponent(() => import('./messages/mailbox-page.tsx'), 'MailboxPage'),
});

const mail = createRoute({
  getParentRoute: () => project,
  path: '/messages/mailbox/$mailID',
  component: lazyRouteComponent(() => import('./messages/mail-page.tsx'), 'MailPage'),
});

const adminAPI = createRoute({
  getParentRoute: () => project,
  path: '/advanced/admin-api',
  component: lazyRouteComponent(() => import('./advanced/admin-api-page.tsx'), 'AdminAPIPage'),
});

const auditLog = createRoute({
  getParentRoute: () => project,
  path: '/audit-log',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('./audit-log/audit-log-page.tsx'), 'AuditLogPage'),
});

const collaborators = createRoute({
  getParentRoute: () => project,
  path: '/settings/collaborators',
  component: lazyRouteComponent(
    () => import('./settings/collaborators/collaborators-page.tsx'),
    'CollaboratorsPage',
  ),
});

const applications = createRoute({
  getParentRoute: () => project,
  path: '/applications',
  component: lazyRouteComponent(() => import('./applications/applications-page.tsx'), 'ApplicationsPage'),
});

const createApplication = createRoute({
  getParentRoute: () => project,
  path: '/applications/create',
  component: lazyRouteComponent(
    () => import('./applications/create-application-page.tsx'),
    'CreateApplicationPage',
  ),
});

const application = createRoute({
  getParentRoute: () => project,
  path: '/applications/$clientID',
  component: lazyRouteComponent(() => import('./applications/application-page.tsx'), 'ApplicationPage'),
});

const explorer = createRoute({
  getParentRoute: () => project,
  path: '/advanced/graphiql',
  component: lazyRouteComponent(() => import('./advanced/explorer/explorer-page.tsx'), 'ExplorerPage'),
});

const routeTree = root.addChildren([
  start,
  createProject,
  project.addChildren([
    projectStart,
    firstSteps,
    users,
    createUser,
    user.addChildren([profile, accountSecurity, sessions, activity]),
    editProfile,
    changePassword,
    loginMethods,
    passwords,
    recovery,
    mailSettings,
    mailbox,
    mail,
    applications,
    createApplication,
    application,
    auditLog,
    collaborators,
    general,
    adminAPI,
    explorer,
  ]),
]);

/** The portal's addresses. */
export const makeRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    basepath: '/portal',
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: RouteFailure,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
