import { ActionIcon, Badge, Box, Button, Group, Skeleton, Stack, Text, Tooltip } from '@mantine/core'
import { IconPencil, IconPlus, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useCancelJob, useJob } from '@/api/queries/jobs'
import { type Storage, type StorageRole, useChangeStorages, useStorageKinds, useStorages } from '@/api/queries/storages'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Failure } from '@/ui/Failure'
import { ProgressJob } from '@/ui/ProgressJob'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'
import { sayFailed } from '@/ui/toast'
import { LastSync } from './LastSync'
import { StorageForm } from './StorageForm'

const COLORS: Record<string, string> = {
  completed: 'verdigris',
  failed: 'rubric',
  completed_with_errors: 'orange',
}

const SyncProgress = ({ job }: { job: string }) => {
  const { t } = useTranslation()
  const { data } = useJob(job)
  const cancel = useCancelJob()
  return (
    <ProgressJob
      label={t('storages.syncing')}
      done={data?.progress.done ?? 0}
      total={data?.progress.total ?? null}
      unit={data?.progress.unit}
      onCancel={() => cancel.mutate(job)}
    />
  )
}

interface LineProps {
  storage: Storage
  kindTitle: string
  isBusy: boolean
  onSync: () => void
  onEdit: () => void
  onDrop: () => void
}

const StorageLine = ({ storage, kindTitle, isBusy, onSync, onEdit, onDrop }: LineProps) => {
  const { t } = useTranslation()
  const isMoving = storage.status === 'queued' || storage.status === 'in_progress'
  return (
    <Box className="card" p="sm">
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ overflowWrap: 'anywhere', minWidth: 0, flex: '1 1 220px' }}>
          <Text size="sm" fw={600}>
            {storage.title || kindTitle}
          </Text>
          <Text size="xs" c="dimmed" component="div">
            {kindTitle}
            {storage.last_sync && (
              <>
                {' · '}
                {t('storages.synced', { count: storage.last_sync_count ?? 0 })} <RelativeTime at={storage.last_sync} />
              </>
            )}
            {(storage.waiting_count ?? 0) > 0 && ` · ${t('storages.waiting', { count: storage.waiting_count })}`}
            {(storage.failed_count ?? 0) > 0 && ` · ${t('storages.gaveUp', { count: storage.failed_count })}`}
            {storage.next_sync_at && (
              <>
                {` · ${t('storages.nextSync')} `}
                <RelativeTime at={storage.next_sync_at} />
              </>
            )}
          </Text>
        </div>
        <Group gap={4} wrap="nowrap">
          <Badge
            variant="light"
            color={COLORS[storage.status] ?? 'gray'}
            tt="none"
            c={storage.status === 'completed_with_errors' ? 'var(--postil-ink)' : undefined}
          >
            {t(`storages.status.${storage.status}`)}
          </Badge>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconRefresh size={14} />}
            loading={isBusy}
            disabled={isMoving}
            onClick={onSync}
          >
            {t('storages.sync')}
          </Button>
          <Tooltip label={t('storages.change')}>
            <ActionIcon aria-label={t('storages.change')} onClick={onEdit}>
              <IconPencil size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('storages.delete')}>
            <ActionIcon aria-label={t('storages.delete')} onClick={onDrop}>
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {isMoving && storage.last_sync_job && (
        <Box mt="xs">
          <SyncProgress job={storage.last_sync_job} />
        </Box>
      )}
      {!isMoving && <LastSync storage={storage} />}
    </Box>
  )
}

interface Props {
  project: number
  storageRole: StorageRole
}

/** The storages of a project in one role, with how their last sync went. */
export const StorageList = ({ project, storageRole: role }: Props) => {
  const { t } = useTranslation()
  const storages = useStorages(project, role)
  const kinds = useStorageKinds(role)
  const change = useChangeStorages(project, role)
  const [edited, setEdited] = useState<Storage | 'new' | null>(null)
  const [dropped, setDropped] = useState<Storage | null>(null)
  const rows = storages.data ?? []
  const titleOf = (type: string) => kinds.data?.find((kind) => kind.name === type)?.title ?? type
  const fail = (error: unknown) => sayFailed(messageOf(error))
  return (
    <Section
      title={t(`storages.${role}.title`)}
      hint={t(`storages.${role}.hint`)}
      action={
        <Button leftSection={<IconPlus size={15} />} disabled={!kinds.data} onClick={() => setEdited('new')}>
          {t('common.add')}
        </Button>
      }
    >
      <Stack gap="sm">
        {storages.error && <Failure message={messageOf(storages.error)} onRetry={() => void storages.refetch()} />}
        {storages.isPending && <Skeleton height={60} />}
        {storages.isSuccess && rows.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('storages.none')}
          </Text>
        )}
        {rows.map((storage) => (
          <StorageLine
            key={`${storage.type}-${storage.id}`}
            storage={storage}
            kindTitle={titleOf(storage.type)}
            isBusy={change.sync.isPending && change.sync.variables.id === storage.id}
            onSync={() => change.sync.mutate(storage, { onError: fail })}
            onEdit={() => setEdited(storage)}
            onDrop={() => setDropped(storage)}
          />
        ))}
      </Stack>
      {edited !== null && kinds.data && (
        <StorageForm
          project={project}
          storageRole={role}
          kinds={kinds.data}
          storage={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(null)}
        />
      )}
      <ConfirmDialog
        opened={dropped !== null}
        title={t('storages.deleteTitle')}
        confirmLabel={t('storages.delete')}
        onConfirm={async () => {
          if (dropped) await change.drop.mutateAsync(dropped).catch(fail)
        }}
        onClose={() => setDropped(null)}
      >
        {t(`storages.${role}.deleteHint`)}
      </ConfirmDialog>
    </Section>
  )
}
