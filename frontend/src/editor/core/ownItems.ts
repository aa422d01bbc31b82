import { Observable } from './observable'

/** An item that somebody added to a tree of the project. */
export interface OwnItem {
  /** Unset for one that is on its way, or that nobody stores. */
  readonly id?: number
  readonly control: string
  readonly path: readonly string[]
  /** Whether the person at the screen may take it away. */
  readonly mayRemove: boolean
}

/** Where added items are kept. What is missing is done without: items then last as long as the task is open. */
export interface OwnItemHost {
  listOwnItems?(): Promise<readonly OwnItem[]>
  addOwnItem?(control: string, path: readonly string[]): Promise<OwnItem>
  removeOwnItem?(item: OwnItem): Promise<void>
}

const samePath = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, at) => part === b[at])

/** Items that annotators added to trees; shown at once, and taken back if they cannot be stored. */
export class OwnItems {
  readonly list = new Observable<readonly OwnItem[]>([])
  private host: OwnItemHost = {}
  private isAsked = false

  /** Tells where items are kept. */
  connect(host: OwnItemHost): void {
    this.host = host
  }

  /** Reads what is kept, once. */
  async load(): Promise<void> {
    if (this.isAsked || !this.host.listOwnItems) return
    this.isAsked = true
    try {
      const kept = await this.host.listOwnItems()
      this.list.update((items) => [...kept, ...items])
    } catch (error) {
      this.isAsked = false
      throw error
    }
  }

  /** Adds an item; nothing happens if it is there already. */
  async add(control: string, path: readonly string[]): Promise<void> {
    if (this.list.get().some((item) => item.control === control && samePath(item.path, path))) return
    const added: OwnItem = { control, path, mayRemove: true }
    this.list.update((items) => [...items, added])
    try {
      const kept = await this.host.addOwnItem?.(control, path)
      if (kept) this.list.update((items) => items.map((item) => (item === added ? kept : item)))
    } catch (error) {
      this.list.update((items) => items.filter((item) => item !== added))
      throw error
    }
  }

  /** Takes an item away; answers that hold it stay. */
  async remove(item: OwnItem): Promise<void> {
    const before = this.list.get()
    this.list.set(before.filter((other) => other !== item))
    try {
      await this.host.removeOwnItem?.(item)
    } catch (error) {
      this.list.update((items) => [...items, item])
      throw error
    }
  }
}
