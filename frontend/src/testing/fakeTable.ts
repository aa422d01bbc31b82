import type { Job, Task, View } from '@/api/types'
import type { FakeServer } from './fakeServer'
import { type Body, envelope, type Handler, made, nothing, ok, type Reply } from './replies'

interface Item {
  filter: string
  operator: string
  value: unknown
}
interface Group {
  conjunction: string
  items: (Item | Group)[]
}

const valueIn = (task: Task, filter: string): unknown => {
  const column = filter.replace('filter:tasks:', '')
  if (column === 'search') return JSON.stringify(task.data)
  return column.startsWith('data.') ? task.data[column.slice(5)] : (task as unknown as Body)[column]
}

const holds = (task: Task, node: Item | Group): boolean => {
  if ('items' in node) {
    if (node.items.length === 0) return true
    const inner = (one: Item | Group) => holds(task, one)
    return node.conjunction === 'or' ? node.items.some(inner) : node.items.every(inner)
  }
  const value = valueIn(task, node.filter)
  if (node.operator === 'contains') return String(value).toLowerCase().includes(String(node.value).toLowerCase())
  if (node.operator === 'in_list') return (node.value as unknown[]).includes(value)
  return node.operator === 'greater' ? Number(value) > Number(node.value) : value === node.value
}

/** The task table of the server in memory: columns, views, filters by a few operators, actions as jobs. */
export class FakeTable {
  private deletedViews: View[] = []
  /** What jobs deleted, so that undoing brings it back. */
  private readonly undoable = new Map<string, Task[]>()

  constructor(private readonly server: FakeServer) {}

  /** Returns the tasks that a question means. */
  tasksOf(project: number, query: string | null): Task[] {
    const { filters, ordering } = (query ? JSON.parse(query) : {}) as { filters?: Group; ordering?: string[] }
    const all = this.server.tasks.filter((task) => task.project === project)
    const found = filters ? all.filter((task) => holds(task, filters)) : all
    return ordering?.[0]?.startsWith('-') ? found.toReversed() : found
  }

  readonly routes: [string, RegExp, Handler][] = [
    ['GET', /^\/api\/dm\/columns\/$/, ({ query }) => this.listColumns(Number(query.get('project')))],
    ['GET', /^\/api\/dm\/values\/$/, () => ok({ values: [], is_complete: true })],
    ['GET', /^\/api\/dm\/position\/$/, ({ query }) => this.positionOf(query)],
    ['GET', /^\/api\/dm\/views\/$/, () => ok(this.server.views)],
    ['POST', /^\/api\/dm\/views\/$/, ({ body }) => this.addView(body as Body)],
    ['POST', /^\/api\/dm\/views\/order\/$/, ({ body }) => this.orderViews((body as { ids: number[] }).ids)],
    ['GET', /^\/api\/dm\/views\/(\d+)\/$/, (_seen, [, id]) => this.readView(Number(id))],
    ['PATCH', /^\/api\/dm\/views\/(\d+)\/$/, ({ body }, [, id]) => this.changeView(Number(id), body as Body)],
    ['POST', /^\/api\/dm\/views\/(\d+)\/restore\/$/, (_seen, [, id]) => this.restoreView(Number(id))],
    ['DELETE', /^\/api\/dm\/views\/(\d+)\/$/, (_seen, [, id]) => this.dropView(Number(id))],
    ['GET', /^\/api\/dm\/actions\/$/, () => ok([sampleAction, deleteAction])],
    ['GET', /^\/api\/dm\/actions\/sample_tasks\/form\/$/, () => ok(sampleForm)],
    ['POST', /^\/api\/dm\/actions\/$/, ({ body, query }) => this.act(query, body as Body)],
    ['POST', /^\/api\/dm\/undo\/$/, ({ body }) => this.undo(String((body as Body).job))],
    ['GET', /^\/api\/jobs\/$/, () => this.listJobs()],
    ['POST', /^\/api\/jobs\/([^/]+)\/cancel\/$/, (_seen, [, id]) => this.cancelJob(String(id))],
    ['GET', /^\/api\/jobs\/([^/]+)\/$/, (_seen, [, id]) => this.readJob(String(id))],
  ]

  private listColumns(project: number): Reply {
    const keys = new Set(
      this.server.tasks.filter((task) => task.project === project).flatMap((t) => Object.keys(t.data)),
    )
    const data = [...keys].map((id) => ({ id, title: id, type: 'String', target: 'tasks', parent: 'data' }))
    const number = (id: string, title: string) => ({ id, title, type: 'Number', target: 'tasks' })
    const own = [number('id', 'ID'), number('total_annotations', 'Annotations'), ...this.server.columns]
    return ok({ columns: [...data, ...own] })
  }

  private positionOf(query: URLSearchParams): Reply {
    const tasks = this.tasksOf(Number(query.get('project')), query.get('query'))
    const index = tasks.findIndex((task) => task.id === Number(query.get('task')))
    return ok({ index: index < 0 ? null : index })
  }

  private addView(body: Body): Reply {
    const view = {
      id: this.server.nextId(),
      order: this.server.views.length,
      user: 1,
      is_private: false,
      ...body,
    } as View
    this.server.views.push(view)
    return made(view)
  }

  private orderViews(ids: readonly number[]): Reply {
    this.server.views.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
    return ok('')
  }

  private readView(id: number): Reply {
    const view = this.server.views.find((known) => known.id === id)
    return view ? ok(view, { ETag: '"1"' }) : envelope(404, 'Not found.')
  }

  private changeView(id: number, body: Body): Reply {
    this.server.views = this.server.views.map((view) => (view.id === id ? { ...view, ...body } : view))
    return this.readView(id)
  }

  private restoreView(id: number): Reply {
    this.server.views.push(...this.deletedViews.filter((view) => view.id === id))
    return this.readView(id)
  }

  private dropView(id: number): Reply {
    this.deletedViews = this.server.views.filter((view) => view.id === id)
    this.server.views = this.server.views.filter((view) => view.id !== id)
    return nothing
  }

  /** Deletes tasks, the one action there is; a next task is the first that is meant. */
  private act(query: URLSearchParams, body: Body): Reply {
    const project = Number(query.get('project'))
    const chosen = body.selectedItems as { all: boolean; included?: number[]; excluded?: number[] }
    const isChosen = (task: Task) =>
      chosen.all ? !chosen.excluded?.includes(task.id) : Boolean(chosen.included?.includes(task.id))
    const meant = this.tasksOf(project, JSON.stringify({ filters: body.filters, ordering: body.ordering })).filter(
      isChosen,
    )
    if (query.get('id') === 'next_task') return meant[0] ? ok(meant[0]) : envelope(404, 'Not found.')
    if (query.get('id') === 'sample_tasks') {
      const ids = meant.slice(0, Number(body.count)).map((task) => task.id)
      const item = { filter: 'filter:tasks:id', operator: 'in_list', type: 'Number', value: ids }
      const data = { title: String(body.title), filters: { conjunction: 'and', items: [item] } }
      const { id } = this.addView({ project, data }).body as View
      return ok({ detail: `Drew ${ids.length} tasks`, view: id })
    }
    if (query.get('mode') === 'preview') return ok({ tasks: meant.length, items: meant.length, unit: 'tasks' })
    this.server.tasks = this.server.tasks.filter((task) => !meant.includes(task))
    const id = `job-${this.server.nextId()}`
    this.undoable.set(id, meant)
    const job = makeJob(id, project, { detail: `Deleted ${meant.length} tasks`, undo: { trash: [1] } })
    this.server.jobs.set(id, job)
    return { status: 202, body: { job } }
  }

  private undo(job: string): Reply {
    // A server takes back much in a job, which is listed here under the name of what it takes back.
    const work = this.server.jobs.get(`undo-${job}`)
    if (work) return { status: 202, body: { job: work } }
    const gone = this.undoable.get(job) ?? []
    this.server.tasks = [...this.server.tasks, ...gone].sort((one, other) => one.id - other.id)
    return ok({ restored: gone.length })
  }

  private listJobs(): Reply {
    const results = [...this.server.jobs.values()]
    return ok({ count: results.length, next: null, previous: null, results })
  }

  private cancelJob(id: string): Reply {
    const job = this.server.jobs.get(id)
    if (!job) return envelope(404, 'Not found.')
    this.server.jobs.set(id, { ...job, state: 'cancelled' })
    return this.readJob(id)
  }

  private readJob(id: string): Reply {
    const job = this.server.jobs.get(id)
    return job ? ok(job) : envelope(404, 'Not found.')
  }
}

const sampleAction = {
  id: 'sample_tasks',
  title: 'Draw a Sample',
  order: 90,
  dialog: { title: 'Draw a Sample', text: 'A view of some of the tasks.', type: 'confirm', form: null },
  is_destructive: false,
  is_undoable: false,
}
const sampleForm = [
  {
    columnCount: 1,
    fields: [
      { type: 'number', name: 'count', label: 'How many' },
      { type: 'input', name: 'title', label: 'Name', value: 'Sample' },
    ],
  },
]

const deleteAction = {
  id: 'delete_tasks',
  title: 'Delete Tasks',
  order: 100,
  dialog: { title: 'Delete Tasks', text: 'They go to the trash.', type: 'confirm' },
  is_destructive: true,
  is_undoable: true,
  counts: 'tasks',
}

export const makeJob = (id: string, project: number, result: Job['result']): Job => ({
  id,
  kind: 'run_bulk_action',
  title: '',
  project,
  state: 'completed',
  progress: { done: 1, total: 1, unit: 'tasks' },
  error: '',
  error_count: 0,
  result,
  created_by: 1,
  created_at: '2026-11-20T10:00:00Z',
  started_at: '2026-11-20T10:00:00Z',
  finished_at: '2026-11-20T10:00:00Z',
})
