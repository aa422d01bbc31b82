import { Box, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { Task } from '@/api/types'
import type { ColumnInfo } from '../columns'
import { pictureAddress } from './DataCell'
import { excerpt } from './excerpt'
import { type RegionShape, shapesOf } from './regionShapes'
import { StatusCell } from './StatusCell'
import classes from './TaskCard.module.css'

const FALLBACK = '#e8590c'

const Shape = ({ shape, color }: { shape: RegionShape; color: string }) => {
  const look = { stroke: color, fill: color, fillOpacity: 0.15, vectorEffect: 'non-scaling-stroke' } as const
  switch (shape.kind) {
    case 'box': {
      const { x, y, width, height, rotation } = shape
      return <rect x={x} y={y} width={width} height={height} transform={`rotate(${rotation} ${x} ${y})`} {...look} />
    }
    case 'ellipse': {
      const { x, y, rx, ry, rotation } = shape
      return <ellipse cx={x} cy={y} rx={rx} ry={ry} transform={`rotate(${rotation} ${x} ${y})`} {...look} />
    }
    case 'polygon':
      return <polygon points={shape.points} {...look} />
    case 'point':
      return <ellipse cx={shape.x} cy={shape.y} rx={1.6} ry={2.2} {...look} fillOpacity={1} />
  }
}

interface PictureProps {
  address: string
  name: string
  shapes: readonly RegionShape[]
  colors: ReadonlyMap<string, string>
}

/** A picture with what was marked in it; the marks follow its true shape. */
const Picture = ({ address, name, shapes, colors }: PictureProps) => {
  const [ratio, setRatio] = useState<number | null>(null)
  const [isBroken, setBroken] = useState(false)
  if (isBroken)
    return (
      <Text size="xs" c="dimmed">
        {name}
      </Text>
    )
  return (
    <span
      className={classes.frame}
      style={{ aspectRatio: ratio ?? undefined }}
      data-wide={(ratio ?? 1) > 4 / 3 || undefined}
    >
      <img
        src={address}
        alt={name}
        loading="lazy"
        decoding="async"
        draggable={false}
        onLoad={(event) => setRatio(event.currentTarget.naturalWidth / (event.currentTarget.naturalHeight || 1) || 1)}
        onError={() => setBroken(true)}
      />
      {ratio !== null && shapes.length > 0 && (
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
          {shapes.map((shape, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: shapes are known by their place
            <Shape key={index} shape={shape} color={colors.get(shape.label) ?? FALLBACK} />
          ))}
        </svg>
      )}
    </span>
  )
}

interface Props {
  task: Task
  columns: readonly ColumnInfo[]
  colors: ReadonlyMap<string, string>
  size: number
}

/** A task as a card: its picture with regions, or the beginning of its first value. */
export const TaskCard = ({ task, columns, colors, size }: Props) => {
  const image = columns.find((column) => column.type === 'Image')
  const data = columns.filter((column) => column.group === 'data')
  const shown = image ?? data[0]
  const name = shown?.id.slice('data.'.length) ?? ''
  const address = image ? pictureAddress(task, name, size > 260 ? 512 : 256) : null
  const text = data.find((column) => column !== image)
  return (
    <>
      <Box className={classes.face}>
        {address ? (
          <Picture address={address} name={excerpt(task.data[name], 60)} shapes={shapesOf(task)} colors={colors} />
        ) : (
          <span className={classes.text}>{excerpt(task.data[name], 400)}</span>
        )}
      </Box>
      <Box className={classes.foot}>
        <Group justify="space-between" wrap="nowrap" gap={6}>
          <StatusCell task={task} />
          <Text size="xs" c="dimmed" className="tabular">
            {task.id}
          </Text>
        </Group>
        <Text size="xs" c="dimmed" truncate>
          {address && text ? excerpt(task.data[text.id.slice('data.'.length)], 80) : ' '}
        </Text>
      </Box>
    </>
  )
}
