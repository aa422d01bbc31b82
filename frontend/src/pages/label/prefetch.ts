import { preloadPicture } from '@/editor'
import type { EditorTask } from './useEditorTask'

/** More pictures than this are loaded when their page is turned to. */
const MOST_PICTURES = 4

interface Ahead {
  readonly after: number
  ready: EditorTask | null
  /** Held, so that the browser does not throw the decoded pictures away. */
  pictures: HTMLImageElement[]
}

/** Holds the task that comes next, so that going on shows it at once. */
export class Prefetch {
  private ahead: Ahead | null = null

  constructor(
    private readonly peek: (current: number) => Promise<EditorTask | null>,
    private readonly picturesOf: (task: EditorTask) => readonly string[],
  ) {}

  /** Begins to fetch the task after `current`; once for each. */
  begin(current: number): void {
    if (this.ahead?.after === current) return
    const ahead: Ahead = { after: current, ready: null, pictures: [] }
    this.ahead = ahead
    void this.peek(current)
      .catch(() => null)
      .then((found) => {
        if (this.ahead !== ahead || !found) return
        ahead.ready = found
        ahead.pictures = this.load(found)
      })
  }

  /** Returns the task after `current` if it is here already. */
  take(current: number): EditorTask | null {
    const found = this.ahead?.after === current ? this.ahead.ready : null
    if (found) this.ahead = null
    return found
  }

  /** Forgets what was fetched. */
  clear(): void {
    this.ahead = null
  }

  private load(task: EditorTask): HTMLImageElement[] {
    if (typeof Image === 'undefined') return []
    return this.picturesOf(task).slice(0, MOST_PICTURES).map(preloadPicture)
  }
}
