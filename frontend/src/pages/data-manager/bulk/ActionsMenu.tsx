import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type BulkAction, useActions } from '@/api/queries/actions'
import { translatedAction } from './actionWords'

interface Props {
  projectId: number
  onChoose: (action: BulkAction) => void
}

/** The bulk actions that the server offers this person. */
export const ActionsMenu = ({ projectId, onChoose }: Props) => {
  const { t } = useTranslation()
  const actions = useActions(projectId, true)
  const rows = (actions.data ?? []).map((action) => translatedAction(action, t))
  const gentle = rows.filter((action) => !action.id.startsWith('delete_'))
  const deleting = rows.filter((action) => action.id.startsWith('delete_'))
  return (
    <Menu position="bottom-start" shadow="md" withinPortal>
      <Menu.Target>
        <Button
          variant="light"
          size="compact-sm"
          rightSection={<IconChevronDown size={14} />}
          disabled={rows.length === 0}
        >
          {t('data.bulk.actions')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown maw="calc(100vw - 16px)">
        {gentle.map((action) => (
          <Menu.Item key={action.id} onClick={() => onChoose(action)}>
            {action.title}
          </Menu.Item>
        ))}
        {deleting.length > 0 && <Menu.Divider />}
        {deleting.map((action) => (
          <Menu.Item key={action.id} c="var(--postil-rubric)" onClick={() => onChoose(action)}>
            {action.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
