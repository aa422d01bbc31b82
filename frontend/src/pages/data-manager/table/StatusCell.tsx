import { IconCircle, IconCircleCheckFilled, IconCircleDashed, IconCircleHalf2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Task } from '@/api/types'
import classes from './StatusCell.module.css'

type Status = 'done' | 'started' | 'skipped' | 'new'

/** Returns how far a task has come. */
export const statusOf = (task: Task): Status => {
  if (task.is_labeled) return 'done'
  if (task.total_annotations > 0) return 'started'
  return task.cancelled_annotations > 0 ? 'skipped' : 'new'
}

const icons = { done: IconCircleCheckFilled, started: IconCircleHalf2, skipped: IconCircleDashed, new: IconCircle }

/** A task's status as sign and word. */
export const StatusCell = ({ task }: { task: Task }) => {
  const { t } = useTranslation()
  const status = statusOf(task)
  const Icon = icons[status]
  return (
    <span className={classes.status} data-status={status}>
      <Icon size={15} aria-hidden />
      {t(`data.is.${status}`)}
    </span>
  )
}
