import { IconFileMusic, IconMovie } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { thumbnailOf } from '@/api/queries/tasks'
import type { Task } from '@/api/types'
import classes from './cells.module.css'
import { excerpt } from './excerpt'

interface Props {
  task: Task
  name: string
  type: string
  height: number
  lines: number
}

const fileName = (address: string): string => {
  const name = address.split(/[?#]/)[0]?.split('/').pop() ?? ''
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** Returns where a picture of a task can be fetched in this size; files on this server are made smaller there. */
export const pictureAddress = (task: Task, name: string, size: number): string | null => {
  const value = task.data[name]
  if (typeof value !== 'string' || value === '') return null
  return value.startsWith('/data/upload/') ? thumbnailOf(task.id, name, size) : value
}

const icons: Record<string, ReactNode> = {
  Audio: <IconFileMusic size={16} stroke={1.6} aria-hidden />,
  AudioPlus: <IconFileMusic size={16} stroke={1.6} aria-hidden />,
  Video: <IconMovie size={16} stroke={1.6} aria-hidden />,
}

/** A task's value: a small picture of an image, the name of other media, the beginning of anything else. */
export const DataCell = ({ task, name, type, height, lines }: Props) => {
  const value = task.data[name]
  const [isBroken, setBroken] = useState(false)
  const picture = type === 'Image' && !isBroken ? pictureAddress(task, name, height > 100 ? 256 : 128) : null
  if (picture !== null && height >= 40) {
    return (
      <img
        className={classes.picture}
        style={{ height: height - 8 }}
        src={picture}
        alt={fileName(String(value))}
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => setBroken(true)}
      />
    )
  }
  const icon = icons[type]
  const text = icon || type === 'Image' ? fileName(String(value ?? '')) : excerpt(value, 240 * lines)
  return (
    <>
      {icon}
      <span
        className={lines > 1 ? classes.lines : 'ellipsis'}
        style={lines > 1 ? { WebkitLineClamp: lines } : undefined}
        data-structured={(typeof value === 'object' && value !== null) || undefined}
        title={excerpt(value)}
      >
        {text}
      </span>
    </>
  )
}
