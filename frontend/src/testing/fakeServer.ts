import { setTransport } from '@/api/client'
import type { ConfigChanges } from '@/api/queries/configChanges'
import type { Session } from '@/api/queries/sessions'
import type { Annotation, AuditEntry, Column, Draft, Job, Project, Task, View, Whoami } from '@/api/types'
import { FakeTable } from './fakeTable'
import { makeAnnotation, makeProject, makeTask, makeWhoami } from './records'
import { type Body, envelope, type Handler, made, nothing, ok, type Reply, type Seen } from './replies'

export { envelope, type Seen } from './replies'

const pageOf = (results: readonly unknown[]) => ({ count: results.length, next: null, previous: null, results })
const fineConfig = { problems: [], sample_task: null, config_has_control_tags: true, breaks: [] }

/** The server in memory: what the API contract says, for the parts that pages are tested with. */
export class FakeServer {
  readonly seen: Seen[] = []
  /** Failures of the network or of a proxy that the next requests meet. */
  readonly troubles: (number | 'unreachable')[] = []
  readonly waits: number[] = []
  cookie = 'csrftoken=abc123'
  whoami: Whoami | null = makeWhoami({})
  password = 'correct horse 9'
  needsOwner = false
  projects: Project[] = []
  tasks: Task[] = []
  private readonly thrownAway: Project[] = []
  trash: { id: number; tasks: Task[] }[] = []
  annotations = new Map<number, { record: Annotation; revision: number }>()
  drafts = new Map<number, Draft>()
  jobs = new Map<string, Job>()
  tokenSettings = { api_tokens_enabled: true, legacy_api_tokens_enabled: true }
  sessionPolicy = { max_session_age: 11_520, max_time_between_activity: 4_320 }
  /** Where the person at the screen is logged in. */
  sessions: Session[] = []
  views: View[] = []
  auditLog: AuditEntry[] = []
  /** Personal access tokens of the person at the screen. */
  tokens: string[] = []
  /** What storing another label config would leave without a place. */
  configChanges: ConfigChanges = { changes: [], added: [], is_safe: true }
  dashboard: unknown = null
  filterProblems: { filter: string; reason: string }[] = []
  /** Columns beside those of the data. */
  columns: Column[] = []
  private readonly table = new FakeTable(this)
  private ids = 1000
  private readonly done = new Map<string, Reply>()

  /** Makes requests of the page arrive here; returns the way back. */
  install(): () => void {
    return setTransport({
      fetch: (input, init) => this.answer(input, init),
      cookie: () => this.cookie,
      wait: (ms) => {
        this.waits.push(ms)
        return Promise.resolve()
      },
    })
  }

  addProject(fields: Partial<Project> = {}): Project {
    const project = makeProject({ id: this.nextId(), ...fields })
    this.projects.push(project)
    return project
  }

  addTasks(project: number, count: number): Task[] {
    const tasks = Array.from({ length: count }, (_, index) =>
      makeTask({ id: this.nextId(), project, inner_id: index + 1, data: { text: `Text ${index + 1}` } }),
    )
    this.tasks.push(...tasks)
    return tasks
  }

  addAnnotation(task: Task, fields: Partial<Annotation> = {}): Annotation {
    const record = makeAnnotation({ id: this.nextId(), task: task.id, project: task.project, ...fields })
    this.annotations.set(record.id, { record, revision: 1 })
    return record
  }

  nextId(): number {
    this.ids += 1
    return this.ids
  }

  private async answer(input: string, init: RequestInit): Promise<Response> {
    const url = new URL(input, 'http://local')
    const text = typeof init.body === 'string' ? init.body : null
    const body = text === null ? (init.body ?? null) : (JSON.parse(text) as unknown)
    const headers = new Headers(init.headers)
    const seen = { method: init.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body }
    this.seen.push(seen)
    const trouble = this.troubles.shift()
    if (trouble === 'unreachable') throw new TypeError('Failed to fetch')
    const reply = trouble ? envelope(trouble, 'Trouble') : this.replyOnce(seen)
    const bare = reply.status === 204
    return new Response(bare ? null : JSON.stringify(reply.body), { status: reply.status, headers: reply.headers })
  }

  /** A repeated POST with the same key gets the first answer again. */
  private replyOnce(seen: Seen): Reply {
    const key = seen.method === 'POST' ? seen.headers.get('Idempotency-Key') : null
    const known = key === null ? undefined : this.done.get(key)
    if (known) return known
    const reply = this.reply(seen)
    if (key !== null && reply.status < 400) this.done.set(key, reply)
    return reply
  }

  private reply(seen: Seen): Reply {
    if (seen.method !== 'GET' && seen.headers.get('X-CSRFToken') !== 'abc123') return envelope(403, 'CSRF failed')
    for (const [method, pattern, handler] of this.routes) {
      const match = method === seen.method ? pattern.exec(seen.path) : null
      if (match) return handler(seen, match)
    }
    return envelope(404, 'Not found.')
  }

  private readonly routes: [string, RegExp, Handler][] = [
    ['GET', /^\/api\/current-user\/whoami$/, () => (this.whoami ? ok(this.whoami) : envelope(401, 'Unauthorized'))],
    ['GET', /^\/api\/setup\/$/, () => ok({ needs_owner: this.needsOwner, needs_code: false, open_signup: false })],
    ['POST', /^\/api\/session\/$/, ({ body }) => this.logIn(body as Body)],
    ['DELETE', /^\/api\/session\/$/, () => this.logOut()],
    ['GET', /^\/api\/current-user\/sessions\/$/, () => ok(this.sessions)],
    ['DELETE', /^\/api\/current-user\/sessions\/(?:(\w+)\/)?$/, (_seen, [, id]) => this.endSession(id)],
    ['GET', /^\/api\/jwt\/settings\/$/, () => ok(this.tokenSettings)],
    ['POST', /^\/api\/jwt\/settings\/$/, ({ body }) => ok(Object.assign(this.tokenSettings, body))],
    ['GET', /^\/api\/session-policy\/$/, () => ok(this.sessionPolicy)],
    ['PATCH', /^\/api\/session-policy\/$/, ({ body }) => ok(Object.assign(this.sessionPolicy, body))],
    ['GET', /^\/api\/token\/$/, () => ok(this.tokens)],
    ['GET', /^\/api\/current-user\/tokens\/legacy\/$/, () => ok({ exists: false })],
    ['GET', /^\/api\/audit-log\/$/, () => ok(pageOf(this.auditLog))],
    ['GET', /^\/api\/organizations\/\d+\/memberships$/, () => ok(pageOf([]))],
    ['GET', /^\/api\/projects\/$/, ({ query }) => this.listProjects(query)],
    ['GET', /^\/api\/projects\/(\d+)\/$/, (_seen, [, id]) => this.readProject(Number(id))],
    ['PATCH', /^\/api\/projects\/(\d+)\/$/, ({ body }, [, id]) => this.changeProject(Number(id), body as Body)],
    ['DELETE', /^\/api\/projects\/(\d+)\/$/, (_seen, [, id]) => this.dropProject(Number(id))],
    ['POST', /^\/api\/projects\/(\d+)\/restore\/$/, (_seen, [, id]) => this.restoreProject(Number(id))],
    [
      'POST',
      /^\/api\/projects\/(\d+)\/(un)?archive\/$/,
      (_seen, [, id, back]) => this.changeProject(Number(id), { state: back ? null : 'archived' }),
    ],
    ['POST', /^\/api\/projects\/(\d+)\/duplicate\/$/, ({ body }, [, id]) => this.copyProject(Number(id), body as Body)],
    ['GET', /^\/api\/projects\/\d+\/config-versions\/$/, () => ok([])],
    ['POST', /^\/api\/label-config\/check\/$/, () => ok(fineConfig)],
    ['POST', /^\/api\/projects\/\d+\/config-changes\/$/, () => ok(this.configChanges)],
    ['POST', /^\/api\/dm\/explain\/$/, () => ok({ sentence: '', problems: this.filterProblems })],
    [
      'POST',
      /^\/api\/projects\/(\d+)\/migrate-config\/$/,
      ({ body }, [, id]) => {
        this.changeProject(Number(id), { label_config: (body as Body).label_config })
        return { status: 202, body: { job: this.jobs.values().next().value } }
      },
    ],
    ['GET', /^\/api\/projects\/(\d+)\/dashboard\/$/, () => ok(this.dashboard)],
    [
      'GET',
      /^\/api\/projects\/(\d+)\/next\/$/,
      ({ query }, [, id]) => this.nextTask(Number(id), Number(query.get('after'))),
    ],
    ['GET', /^\/api\/tasks\/$/, ({ query }) => this.listTasks(query)],
    ['GET', /^\/api\/tasks\/(\d+)\/$/, (_seen, [, id]) => this.readTask(Number(id))],
    ['POST', /^\/api\/tasks\/(\d+)\/annotations\/$/, ({ body }, [, id]) => this.submit(Number(id), body as Body)],
    [
      'POST',
      /^\/api\/tasks\/(\d+)\/(?:annotations\/(\d+)\/)?drafts$/,
      (seen, [, id, annotation]) =>
        this.saveDraft(Number(id), annotation ? Number(annotation) : null, seen.body as Body),
    ],
    ['PATCH', /^\/api\/drafts\/(\d+)\/$/, ({ body }, [, id]) => this.changeDraft(Number(id), body as Body)],
    ['GET', /^\/api\/annotations\/(\d+)\/$/, (_seen, [, id]) => this.readAnnotation(Number(id))],
    ['PATCH', /^\/api\/annotations\/(\d+)\/$/, (seen, [, id]) => this.changeAnnotation(Number(id), seen)],
    ...this.table.routes,
    ['GET', /^\/api\/trash\/$/, () => this.listTrash()],
    ['POST', /^\/api\/trash\/(\d+)\/restore\/$/, (_seen, [, id]) => this.restore(Number(id))],
  ]

  private logIn({ email, password }: Body): Reply {
    if (password !== this.password) {
      return envelope(400, 'Validation error', { non_field_errors: ['The e-mail and password do not match.'] })
    }
    this.whoami = makeWhoami({ email: String(email) })
    return ok(this.whoami)
  }

  private logOut(): Reply {
    this.whoami = null
    return nothing
  }

  private endSession(id: string | undefined): Reply {
    if (id !== undefined && !this.sessions.some((known) => known.id === id)) return envelope(404, 'No such session.')
    this.sessions = this.sessions.filter((known) => known.is_current || (id !== undefined && known.id !== id))
    return nothing
  }

  private listProjects(query: URLSearchParams): Reply {
    const sought = (query.get('search') ?? '').toLowerCase()
    const shelved = query.get('state') === 'archived'
    const results = this.projects.filter(
      ({ title, state }) => title.toLowerCase().includes(sought) && (state === 'archived') === shelved,
    )
    return ok(pageOf(results))
  }

  private readProject(id: number): Reply {
    const project = this.projects.find((known) => known.id === id)
    return project ? ok(project) : envelope(404, 'Not found.')
  }

  private changeProject(id: number, fields: Body): Reply {
    this.projects = this.projects.map((project) => (project.id === id ? { ...project, ...fields } : project))
    return this.readProject(id)
  }

  private dropProject(id: number): Reply {
    this.thrownAway.push(...this.projects.filter((project) => project.id === id))
    this.projects = this.projects.filter((project) => project.id !== id)
    return nothing
  }

  private restoreProject(id: number): Reply {
    this.projects.push(...this.thrownAway.filter((project) => project.id === id))
    return ok(null)
  }

  /** Copies settings at once, and says that the rest comes by a job that a test adds. */
  private copyProject(id: number, { title, mode }: Body): Reply {
    const source = this.projects.find((project) => project.id === id)
    if (!source) return envelope(404, 'Not found.')
    const copy = this.addProject({ ...source, id: this.nextId(), title: String(title) })
    return made({ id: copy.id, job: mode === 'settings' ? null : (this.jobs.values().next().value ?? null) })
  }

  private listTasks(query: URLSearchParams): Reply {
    const page = Number(query.get('page'))
    const size = Number(query.get('page_size'))
    const all = this.table.tasksOf(Number(query.get('project')), query.get('query'))
    const tasks = all.slice((page - 1) * size, page * size)
    if (tasks.length === 0 && page > 1) return envelope(404, 'Invalid page.')
    return ok({ total: all.length, total_annotations: 0, total_predictions: 0, tasks })
  }

  private readTask(id: number): Reply {
    const task = this.tasks.find((known) => known.id === id)
    const annotations = [...this.annotations.values()].map(({ record }) => record).filter((one) => one.task === id)
    return task ? ok({ ...task, annotations }) : envelope(404, 'Not found.')
  }

  private nextTask(project: number, after: number): Reply {
    const done = new Set([after, ...[...this.annotations.values()].map(({ record }) => record.task)])
    const task = this.tasks.find((known) => known.project === project && !done.has(known.id))
    return task ? ok(task) : envelope(404, 'There are no tasks.')
  }

  private submit(id: number, body: Body): Reply {
    const task = this.tasks.find((known) => known.id === id)
    if (!task) return envelope(404, 'Not found.')
    if (!Array.isArray(body.result)) return envelope(400, 'Validation error', { result: ['Expected a list.'] })
    this.drafts.delete(Number(body.draft_id))
    const { result, lead_time, was_cancelled, parent_prediction } = body as Partial<Annotation>
    return made(this.addAnnotation(task, { result, lead_time, was_cancelled, parent_prediction }), { ETag: '"1"' })
  }

  private readAnnotation(id: number): Reply {
    const known = this.annotations.get(id)
    return known ? ok(known.record, { ETag: `"${known.revision}"` }) : envelope(404, 'Not found.')
  }

  private changeAnnotation(id: number, { headers, body }: Seen): Reply {
    const known = this.annotations.get(id)
    if (!known) return envelope(404, 'Not found.')
    const wanted = headers.get('If-Match')
    if (wanted !== null && wanted !== `"${known.revision}"`) {
      return { status: 412, body: { detail: 'It was changed meanwhile.', current: known.record } }
    }
    const { draft_id: _draft, ...fields } = body as Body
    known.record = { ...known.record, ...fields }
    known.revision += 1
    return ok(known.record, { ETag: `"${known.revision}"` })
  }

  private saveDraft(task: number, annotation: number | null, body: Body): Reply {
    const draft = { id: this.nextId(), task, annotation, ...body } as Draft
    this.drafts.set(draft.id, draft)
    return made(draft)
  }

  private changeDraft(id: number, body: Body): Reply {
    const draft = this.drafts.get(id)
    if (!draft) return envelope(404, 'Not found.')
    this.drafts.set(id, { ...draft, ...body })
    return ok(this.drafts.get(id))
  }

  private listTrash(): Reply {
    const results = this.trash.map(({ id, tasks }) => ({ id, kind: 'task', title: '', count: tasks.length }))
    return ok(pageOf(results))
  }

  private restore(id: number): Reply {
    const entry = this.trash.find((known) => known.id === id)
    if (!entry) return envelope(404, 'Not found.')
    this.trash = this.trash.filter((known) => known !== entry)
    this.tasks = [...this.tasks, ...entry.tasks].sort((one, other) => one.id - other.id)
    return nothing
  }
}
