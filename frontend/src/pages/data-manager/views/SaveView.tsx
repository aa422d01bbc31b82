import { Button, Group } from '@mantine/core'
import { IconArrowBackUp, IconDeviceFloppy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableControl } from '../useTableState'
import { NameDialog } from './NameDialog'
import type { ViewActs } from './useViewActs'

interface Props {
  table: TableControl
  acts: ViewActs
  maySave: boolean
}

/** Offers to keep what differs from the stored view, or to go back to it. */
export const SaveView = ({ table, acts, maySave }: Props) => {
  const { t } = useTranslation()
  const [isNaming, setNaming] = useState(false)
  const [isBusy, setBusy] = useState(false)
  if (!table.isChanged) return null
  const { view } = table
  const save = async () => {
    if (!view) return
    setBusy(true)
    await acts.save(view)
    setBusy(false)
  }
  return (
    <Group gap={6} wrap="nowrap" pl="xs" pr="sm">
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<IconArrowBackUp size={14} />}
        onClick={table.discard}
      >
        {t('data.view.discard')}
      </Button>
      {maySave && view && (
        <Button
          variant="light"
          size="compact-xs"
          leftSection={<IconDeviceFloppy size={14} />}
          loading={isBusy}
          onClick={() => void save()}
        >
          {t('data.view.save')}
        </Button>
      )}
      {maySave && (
        <Button variant={view ? 'subtle' : 'light'} size="compact-xs" onClick={() => setNaming(true)}>
          {t('data.view.saveAs')}
        </Button>
      )}
      <NameDialog
        key={String(isNaming)}
        opened={isNaming}
        title={t('data.view.saveAs')}
        initial=""
        offersPrivacy
        onSave={acts.create}
        onClose={() => setNaming(false)}
      />
    </Group>
  )
}
