import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type SearchSchemaInput,
} from '@tanstack/react-router'
import { readChanges } from '@/pages/data-manager/views/tableState'
import { BrokenPage } from './BrokenPage'
import { Gate } from './Gate'
import { NotFoundPage } from './NotFoundPage'

type Raw = Record<string, unknown>
const textIn = (search: Raw, key: string): string | undefined =>
  search[key] === undefined ? undefined : String(search[key])
const idIn = (search: Raw, key: string): number | undefined => {
  const value = Number(search[key])
  return Number.isInteger(value) && value > 0 ? value : undefined
}

/** Filters are nested without end, which the router's types cannot follow. */
const changesIn = (search: Raw): object | undefined => readChanges(search.q)

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })
const gate = createRoute({ getParentRoute: () => root, id: 'gate', component: Gate })

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('@/pages/welcome/WelcomePage'), 'WelcomePage'),
})
const login = createRoute({
  getParentRoute: () => root,
  path: '/user/login',
  validateSearch: (search: Raw & SearchSchemaInput) => ({ next: textIn(search, 'next') }),
  component: lazyRouteComponent(() => import('@/pages/welcome/LoginPage'), 'LoginPage'),
})
const signup = createRoute({
  getParentRoute: () => root,
  path: '/user/signup',
  validateSearch: (search: Raw & SearchSchemaInput) => ({ token: textIn(search, 'token') }),
  component: lazyRouteComponent(() => import('@/pages/welcome/SignupPage'), 'SignupPage'),
})
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/projects/', replace: true })
  },
})

const projects = createRoute({
  getParentRoute: () => gate,
  path: '/projects',
  validateSearch: (search: Raw & SearchSchemaInput) => ({ archived: search.archived ? 1 : undefined }),
  component: lazyRouteComponent(() => import('@/pages/projects/ProjectsPage'), 'ProjectsPage'),
})
const newProject = createRoute({
  getParentRoute: () => gate,
  path: '/projects/new',
  component: lazyRouteComponent(() => import('@/pages/new-project/NewProjectPage'), 'NewProjectPage'),
})
const project = createRoute({
  getParentRoute: () => gate,
  path: '/projects/$projectId',
  component: lazyRouteComponent(() => import('@/pages/project/ProjectLayout'), 'ProjectLayout'),
})
const projectHome = createRoute({
  getParentRoute: () => project,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/projects/$projectId/data/', params, replace: true })
  },
})
const data = createRoute({
  getParentRoute: () => project,
  path: '/data',
  validateSearch: (search: Raw & SearchSchemaInput) => ({
    task: idIn(search, 'task'),
    annotation: idIn(search, 'annotation'),
    labeling: idIn(search, 'labeling'),
    view: idIn(search, 'view'),
    q: changesIn(search),
    region: typeof search.region === 'string' ? search.region : undefined,
    view_page: idIn(search, 'view_page'),
  }),
  component: lazyRouteComponent(() => import('@/pages/data-manager/DataPage'), 'DataPage'),
})
const dashboard = createRoute({
  getParentRoute: () => project,
  path: '/dashboard',
  component: lazyRouteComponent(() => import('@/pages/dashboard/DashboardPage'), 'DashboardPage'),
})
const imports = createRoute({
  getParentRoute: () => project,
  path: '/import',
  component: lazyRouteComponent(() => import('@/pages/import/ImportPage'), 'ImportPage'),
})
const exports = createRoute({
  getParentRoute: () => project,
  path: '/export',
  validateSearch: (search: Raw & SearchSchemaInput) => ({
    view: idIn(search, 'view'),
    q: changesIn(search),
    chosen: typeof search.chosen === 'string' ? search.chosen : undefined,
  }),
  component: lazyRouteComponent(() => import('@/pages/export/ExportPage'), 'ExportPage'),
})
const settings = createRoute({
  getParentRoute: () => project,
  path: '/settings/$section',
  component: lazyRouteComponent(() => import('@/pages/settings/SettingsPage'), 'SettingsPage'),
})
const organization = createRoute({
  getParentRoute: () => gate,
  path: '/organization/$section',
  component: lazyRouteComponent(() => import('@/pages/organization/OrganizationPage'), 'OrganizationPage'),
})
const account = createRoute({
  getParentRoute: () => gate,
  path: '/account/$section',
  component: lazyRouteComponent(() => import('@/pages/account/AccountPage'), 'AccountPage'),
})

const tree = root.addChildren([
  home,
  welcome,
  login,
  signup,
  gate.addChildren([
    projects,
    newProject,
    project.addChildren([projectHome, data, dashboard, imports, exports, settings]),
    organization,
    account,
  ]),
])

/** Returns the router of all pages; each page is fetched when it is first opened. */
export const createAppRouter = () =>
  createRouter({
    routeTree: tree,
    trailingSlash: 'always',
    defaultPreload: 'intent',
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** A selection that is too long for the address. */
    chosen?: string
  }
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
