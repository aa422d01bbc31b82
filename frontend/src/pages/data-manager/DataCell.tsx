import { useState } from 'react'
import { thumbnailOf } from '@/api/queries/tasks'
import type { Task } from '@/api/types'
import classes from './DataCell.module.css'
import { excerpt } from './excerpt'

interface Props {
  task: Task
  name: string
  isImage: boolean
}

/** A task's value: a small picture of an image, the beginning of anything else. */
export const DataCell = ({ task, name, isImage }: Props) => {
  const value = task.data[name]
  const [isBroken, setBroken] = useState(false)
  if (isImage && !isBroken && typeof value === 'string' && value !== '') {
    const isUpload = value.startsWith('/data/upload/')
    return (
      <img
        className={classes.picture}
        src={isUpload ? thumbnailOf(task.id, name) : value}
        alt={value.split('/').pop() ?? ''}
        loading="lazy"
        decoding="async"
        onError={() => setBroken(true)}
      />
    )
  }
  const text = excerpt(value)
  return (
    <span className="ellipsis" title={text}>
      {text}
    </span>
  )
}
