import { ActionIcon, Box, Button, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Json, Task } from '@/api/types'
import type { ColumnInfo } from '../columns'
import type { People } from '../usePeople'
import { textOf } from './columnCells'
import { pictureAddress } from './DataCell'
import classes from './QuickLook.module.css'
import { StatusCell } from './StatusCell'

interface Props {
  task: Task | undefined
  columns: readonly ColumnInfo[]
  people: People
  onStep: (by: number) => void
  onOpen: () => void
  onClose: () => void
}

const MAX_TEXT = 20_000
const PICTURE = 640

const Value = ({ task, column, value }: { task: Task; column: ColumnInfo; value: Json | undefined }) => {
  const name = column.id.slice('data.'.length)
  if (column.type === 'Image') {
    const address = pictureAddress(task, name, PICTURE)
    if (address) return <img className={classes.picture} src={address} alt={column.title} />
  }
  // biome-ignore lint/a11y/useMediaCaption: captions are not part of the data
  if (column.type.startsWith('Audio')) return <audio controls preload="none" src={String(value)} />
  if (column.type === 'Video') {
    // biome-ignore lint/a11y/useMediaCaption: as above
    return <video className={classes.picture} controls preload="metadata" src={String(value)} />
  }
  if (typeof value === 'object' && value !== null) {
    return <Code block>{JSON.stringify(value, null, 2).slice(0, MAX_TEXT)}</Code>
  }
  return <Text className={classes.text}>{String(value ?? '–').slice(0, MAX_TEXT)}</Text>
}

const factOf = (task: Task, column: ColumnInfo, people: People): string => {
  const text = textOf(task, column, people)
  if (column.kind === 'time' && text !== '') return new Date(text).toLocaleString()
  return column.type === 'Time' && text !== '' ? Number(text).toFixed(1) : text
}

/** A task at a glance, without opening it; the arrow keys walk on. */
export const QuickLook = ({ task, columns, people, onStep, onOpen, onClose }: Props) => {
  const { t } = useTranslation()
  const data = columns.filter((column) => column.group === 'data')
  const rest = columns.filter((column) => column.group !== 'data' && column.isShowable && column.id !== 'status')
  const facts = task ? rest.map((column) => ({ column, text: factOf(task, column, people) })) : []
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={task ? t('label.task', { id: task.id }) : t('data.look.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      transitionProps={{ duration: 0 }}
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
        const isInMedia = (event.target as HTMLElement).closest('audio, video') !== null
        if (step !== undefined && !isInMedia) {
          event.preventDefault()
          onStep(step)
        } else if (event.key === ' ' && !(event.target as HTMLElement).closest('button, audio, video')) onClose()
      }}
    >
      {task && (
        <Stack gap="md">
          {data.map((column) => (
            <Box key={column.id}>
              <Text size="xs" fw={600} c="dimmed" mb={2}>
                {column.title}
              </Text>
              <Value task={task} column={column} value={task.data[column.id.slice('data.'.length)]} />
            </Box>
          ))}
          <dl className={classes.facts}>
            <div>
              <dt>{t('data.status')}</dt>
              <dd>
                <StatusCell task={task} />
              </dd>
            </div>
            {facts
              .filter(({ text }) => text !== '' && text !== '0' && text !== 'false')
              .map(({ column, text }) => (
                <div key={column.id}>
                  <dt>{column.title}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
          </dl>
          <Group justify="space-between">
            <Group gap={4}>
              <ActionIcon variant="default" aria-label={t('data.look.previous')} onClick={() => onStep(-1)}>
                <IconChevronUp size={17} />
              </ActionIcon>
              <ActionIcon variant="default" aria-label={t('data.look.next')} onClick={() => onStep(1)}>
                <IconChevronDown size={17} />
              </ActionIcon>
            </Group>
            <Button onClick={onOpen} data-autofocus>
              {t('data.row.open')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
