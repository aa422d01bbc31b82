import { Menu } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowRight,
  IconCopy,
  IconLock,
  IconPencil,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { View } from '@/api/types'
import { moved } from '../toolbar/moved'
import type { ViewActs } from './useViewActs'

interface Props {
  view: View
  title: string
  ids: readonly number[]
  acts: ViewActs
  onRename: () => void
}

/** What can be done with the view that is open. */
export const ViewMenu = ({ view, title, ids, acts, onRename }: Props) => {
  const { t } = useTranslation()
  const Privacy = view.is_private ? IconUsers : IconLock
  return (
    <Menu.Dropdown>
      <Menu.Item leftSection={<IconPencil size={15} />} onClick={onRename}>
        {t('data.view.rename')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy size={15} />}
        onClick={() => void acts.duplicate(view, t('data.view.copyOf', { title }))}
      >
        {t('data.view.duplicate')}
      </Menu.Item>
      <Menu.Item leftSection={<Privacy size={15} />} onClick={() => void acts.setPrivate(view, !view.is_private)}>
        {t(view.is_private ? 'data.view.share' : 'data.view.keepPrivate')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowLeft size={15} />}
        disabled={ids[0] === view.id}
        onClick={() => acts.order(moved(ids, view.id, -1))}
      >
        {t('data.view.left')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowRight size={15} />}
        disabled={ids[ids.length - 1] === view.id}
        onClick={() => acts.order(moved(ids, view.id, 1))}
      >
        {t('data.view.right')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        c="var(--postil-rubric)"
        leftSection={<IconTrash size={15} />}
        onClick={() => void acts.drop(view, title)}
      >
        {t('data.view.delete')}
      </Menu.Item>
    </Menu.Dropdown>
  )
}
