import { Menu } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowRight,
  IconEyeOff,
  IconFilter,
  IconSortAscending,
  IconSortDescending,
  IconViewportNarrow,
  IconViewportWide,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { moved } from '../toolbar/moved'
import type { TableControl } from '../useTableState'

interface Props {
  table: TableControl
  column: { id: string; width: number }
  onFilter: (column: string) => void
  onResize: (column: string, width: number) => void
}

const STEP = 60
const LEAST = 60

/** What can be done with a column. */
export const HeadMenu = ({ table, column, onFilter, onResize }: Props) => {
  const { t } = useTranslation()
  const info = table.columnsById.get(column.id)
  const ids = table.shown.map(({ id }) => id)
  const put = (columns: string[]) => table.change({ columns })
  const icon = { size: 15, stroke: 1.6 }
  return (
    <>
      {info?.isSortable && (
        <>
          <Menu.Item
            leftSection={<IconSortAscending {...icon} />}
            onClick={() => table.change({ ordering: [`tasks:${column.id}`] })}
          >
            {t('data.order.sortUp')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconSortDescending {...icon} />}
            onClick={() => table.change({ ordering: [`-tasks:${column.id}`] })}
          >
            {t('data.order.sortDown')}
          </Menu.Item>
        </>
      )}
      {column.id !== 'status' && (
        <Menu.Item leftSection={<IconFilter {...icon} />} onClick={() => onFilter(column.id)}>
          {t('data.column.filter')}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconArrowLeft {...icon} />}
        disabled={ids[0] === column.id}
        onClick={() => put(moved(ids, column.id, -1))}
      >
        {t('data.column.left')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowRight {...icon} />}
        disabled={ids[ids.length - 1] === column.id}
        onClick={() => put(moved(ids, column.id, 1))}
      >
        {t('data.column.right')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconViewportWide {...icon} />}
        closeMenuOnClick={false}
        onClick={() => onResize(column.id, column.width + STEP)}
      >
        {t('data.column.wider')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconViewportNarrow {...icon} />}
        closeMenuOnClick={false}
        onClick={() => onResize(column.id, Math.max(LEAST, column.width - STEP))}
      >
        {t('data.column.narrower')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconEyeOff {...icon} />}
        disabled={ids.length === 1}
        onClick={() => put(ids.filter((id) => id !== column.id))}
      >
        {t('data.column.hide')}
      </Menu.Item>
    </>
  )
}
