import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import bar from '../DataPage.module.css'
import { STREAMS } from '../streams'
import type { TableControl } from '../useTableState'

interface Props {
  table: TableControl
  selected: number
}

/** The way into labeling: every task by the project's rules, those selected, or those displayed, in their order. */
export const LabelMenu = ({ table, selected }: Props) => {
  const { t } = useTranslation()
  return (
    <Button.Group>
      <Button
        classNames={{ root: bar.tool, label: bar.word }}
        variant={selected > 0 ? 'filled' : 'default'}
        leftSection={<IconPlayerPlay size={15} />}
        onClick={() => table.label(selected > 0 ? STREAMS.selected : STREAMS.displayed)}
      >
        {selected > 0 ? t('data.label.selected', { count: selected }) : t('data.label.displayed')}
      </Button>
      <Menu position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <Button variant={selected > 0 ? 'filled' : 'default'} px={6} aria-label={t('data.label.more')}>
            <IconChevronDown size={14} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => table.label(STREAMS.all)}>{t('project.labelAll')}</Menu.Item>
          <Menu.Item onClick={() => table.label(STREAMS.displayed)}>{t('data.label.displayed')}</Menu.Item>
          <Menu.Item disabled={selected === 0} onClick={() => table.label(STREAMS.selected)}>
            {t('data.label.selected', { count: selected })}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  )
}
