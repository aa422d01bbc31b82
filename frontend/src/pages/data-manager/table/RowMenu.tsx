import { Menu } from '@mantine/core'
import { IconCopy, IconExternalLink, IconEye, IconLink, IconSquareCheck, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Task } from '@/api/types'
import type { At } from '@/ui/table/types'
import { say } from '@/ui/toast'

export interface RowMenuAt {
  task: Task
  index: number
  at: At
}

interface Props {
  place: RowMenuAt
  mayDelete: boolean
  onOpen: () => void
  onLook: () => void
  onSelect: () => void
  onDelete: () => void
  onClose: () => void
}

/** What can be done with one task. */
export const RowMenu = ({ place, mayDelete, onOpen, onLook, onSelect, onDelete, onClose }: Props) => {
  const { t } = useTranslation()
  const { task, at } = place
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    say(t('common.copied'))
  }
  const link = `${location.origin}/projects/${task.project}/data/?task=${task.id}`
  const icon = { size: 15, stroke: 1.6 }
  return (
    <Menu opened onChange={(open) => !open && onClose()} position="bottom-start" shadow="md" withinPortal returnFocus>
      <Menu.Target>
        <span style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('data.row.menu', { id: task.id })}>
        <Menu.Item leftSection={<IconExternalLink {...icon} />} onClick={onOpen}>
          {t('data.row.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconEye {...icon} />} onClick={onLook}>
          {t('data.row.look')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSquareCheck {...icon} />} onClick={onSelect}>
          {t('data.row.select')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLink {...icon} />} onClick={() => void copy(link)}>
          {t('data.row.copyLink')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => void copy(JSON.stringify(task.data, null, 2))}>
          {t('data.row.copyData')}
        </Menu.Item>
        {mayDelete && (
          <>
            <Menu.Divider />
            <Menu.Item c="var(--postil-rubric)" leftSection={<IconTrash {...icon} />} onClick={onDelete}>
              {t('data.row.delete')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
