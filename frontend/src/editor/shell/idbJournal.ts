import { type Journal, type JournalChange, type JournalEntry, MemoryJournal } from '../core/journal'
import { packBytes, unpackBytes } from '../core/packing'

const NAME = 'postil-journal'
const ENTRIES = 'entries'
const CHANGES = 'changes'

type Head = Omit<JournalEntry, 'changes'> & { readonly scope: string }

interface Log {
  readonly scope: string
  readonly key: string
  readonly changes: readonly JournalChange[]
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error)
    transaction.onabort = () => reject(transaction.error)
  })

function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(NAME, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ENTRIES, { keyPath: ['scope', 'key'] })
    request.result.createObjectStore(CHANGES, { autoIncrement: true }).createIndex('entry', ['scope', 'key'])
  }
  return done(request)
}

/** A journal in the browser's database: an entry's head, and its changes as they were appended. */
class IdbJournal implements Journal {
  constructor(private readonly database: IDBDatabase) {}

  async read(scope: string): Promise<JournalEntry[]> {
    const transaction = this.database.transaction([ENTRIES, CHANGES])
    const heads = (await done(transaction.objectStore(ENTRIES).getAll())) as Head[]
    const index = transaction.objectStore(CHANGES).index('entry')
    return Promise.all(
      heads
        .filter((head) => head.scope === scope)
        .map(async ({ scope: _, ...head }) => {
          const logs = (await done(index.getAll(IDBKeyRange.only([scope, head.key])))) as Log[]
          return unpackBytes({ ...head, changes: logs.flatMap((log) => log.changes) })
        }),
    )
  }

  begin(scope: string, whole: JournalEntry): Promise<void> {
    const { changes, ...entry } = packBytes(whole)
    return this.write((heads, logs) => {
      heads.put({ ...entry, scope } satisfies Head)
      clearLog(logs, scope, entry.key)
      if (changes.length > 0) logs.add({ scope, key: entry.key, changes } satisfies Log)
    })
  }

  append(
    scope: string,
    key: string,
    changes: readonly JournalChange[],
    unsent: number,
    changedAt: number,
  ): Promise<void> {
    return this.write((heads, logs) => {
      logs.add({ scope, key, changes: packBytes(changes) } satisfies Log)
      editHead(heads, scope, key, { unsent, changedAt })
    })
  }

  settle(scope: string, key: string, unsent: number, draftId: number | null): Promise<void> {
    return this.write((heads) => editHead(heads, scope, key, { unsent, draftId }))
  }

  drop(scope: string, key: string): Promise<void> {
    return this.write((heads, logs) => {
      heads.delete([scope, key])
      clearLog(logs, scope, key)
    })
  }

  private write(act: (heads: IDBObjectStore, logs: IDBObjectStore) => void): Promise<void> {
    const transaction = this.database.transaction([ENTRIES, CHANGES], 'readwrite', { durability: 'strict' })
    act(transaction.objectStore(ENTRIES), transaction.objectStore(CHANGES))
    return finished(transaction)
  }
}

function editHead(heads: IDBObjectStore, scope: string, key: string, part: Partial<Head>): void {
  const request = heads.get([scope, key]) as IDBRequest<Head | undefined>
  request.onsuccess = () => {
    if (request.result) heads.put({ ...request.result, ...part })
  }
}

function clearLog(logs: IDBObjectStore, scope: string, key: string): void {
  const request = logs.index('entry').openKeyCursor(IDBKeyRange.only([scope, key]))
  request.onsuccess = () => {
    const cursor = request.result
    if (!cursor) return
    logs.delete(cursor.primaryKey)
    cursor.continue()
  }
}

/** A journal in `localStorage`, for browsers that keep no database (private windows). */
export class LocalJournal extends MemoryJournal {
  constructor(private readonly storage: Storage) {
    super()
  }

  override async read(scope: string): Promise<JournalEntry[]> {
    const stored = this.storage.getItem(this.nameOf(scope))
    for (const entry of stored ? (JSON.parse(stored) as JournalEntry[]) : []) await super.begin(scope, entry)
    return super.read(scope)
  }

  override async begin(scope: string, entry: JournalEntry): Promise<void> {
    await super.begin(scope, entry)
    await this.keep(scope)
  }

  override async append(...args: Parameters<Journal['append']>): Promise<void> {
    await super.append(...args)
    await this.keep(args[0])
  }

  override async settle(...args: Parameters<Journal['settle']>): Promise<void> {
    await super.settle(...args)
    await this.keep(args[0])
  }

  override async drop(scope: string, key: string): Promise<void> {
    await super.drop(scope, key)
    await this.keep(scope)
  }

  private nameOf(scope: string): string {
    return `${NAME}:${scope}`
  }

  private async keep(scope: string): Promise<void> {
    const entries = await super.read(scope)
    if (entries.length === 0) this.storage.removeItem(this.nameOf(scope))
    else this.storage.setItem(this.nameOf(scope), JSON.stringify(entries))
  }
}

/** Hands every call to the journal that `opening` resolves with. */
class LaterJournal implements Journal {
  constructor(private readonly opening: Promise<Journal>) {}

  read = async (scope: string) => (await this.opening).read(scope)
  begin = async (...args: Parameters<Journal['begin']>) => (await this.opening).begin(...args)
  append = async (...args: Parameters<Journal['append']>) => (await this.opening).append(...args)
  settle = async (...args: Parameters<Journal['settle']>) => (await this.opening).settle(...args)
  drop = async (...args: Parameters<Journal['drop']>) => (await this.opening).drop(...args)
}

let shared: Journal | null = null

/** Returns the journal of this browser: its database, else `localStorage`, else memory. */
export function browserJournal(): Journal {
  shared ??= new LaterJournal(
    (async () => {
      try {
        return new IdbJournal(await open(indexedDB))
      } catch {
        return globalThis.localStorage ? new LocalJournal(localStorage) : new MemoryJournal()
      }
    })(),
  )
  return shared
}
