/** The tasks of a session in the order they were opened, and where in it we are. */
export interface History {
  readonly tasks: readonly number[]
  readonly at: number
}

export const emptyHistory: History = { tasks: [], at: -1 }

export const current = (history: History): number | null => history.tasks[history.at] ?? null
export const canGoBack = (history: History): boolean => history.at > 0
export const isNewest = (history: History): boolean => history.at === history.tasks.length - 1

/** Returns the history with a task handed out; one that is already in it is gone back to. */
export const opened = (history: History, task: number): History => {
  const known = history.tasks.indexOf(task)
  if (known >= 0) return { ...history, at: known }
  return { tasks: [...history.tasks, task], at: history.tasks.length }
}

export const back = (history: History): History => (canGoBack(history) ? { ...history, at: history.at - 1 } : history)
export const forward = (history: History): History => (isNewest(history) ? history : { ...history, at: history.at + 1 })
