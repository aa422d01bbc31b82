import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'

/** Tells that something was done. */
export const say = (message: ReactNode): void => {
  notifications.show({ message, color: 'verdigris', autoClose: 4000 })
}

/** Tells that something failed; stays longer. */
export const sayFailed = (message: ReactNode, title?: string): void => {
  notifications.show({ message, title, color: 'rubric', autoClose: 10_000 })
}

/** Tells something that offers an act, such as undo; stays until the act or its time is over. */
export const sayWithAction = (id: string, message: ReactNode): (() => void) => {
  notifications.show({ id, message, color: 'gray', autoClose: 12_000 })
  return () => notifications.hide(id)
}
