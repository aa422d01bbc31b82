import { ActionIcon, Badge, Box, Button, Group, Text, Tooltip } from '@mantine/core'
import { IconFlask, IconPencil, IconSchool, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ModelServer } from '@/api/queries/models'
import { RelativeTime } from '@/ui/RelativeTime'

interface Props {
  model: ModelServer
  isTraining: boolean
  onTry: () => void
  onTrain: () => void
  onEdit: () => void
  onDrop: () => void
}

const COLORS: Record<string, string> = { CO: 'verdigris', ER: 'rubric', DI: 'rubric' }

/** One model server: how it is, and what can be done with it. */
export const ModelCard = ({ model, isTraining, onTry, onTrain, onEdit, onDrop }: Props) => {
  const { t } = useTranslation()
  return (
    <Box className="card" p="sm">
      <Group justify="space-between" align="flex-start" gap="xs">
        <Box style={{ overflowWrap: 'anywhere', minWidth: 0, flex: '1 1 220px' }}>
          <Group gap={8}>
            <Text size="sm" fw={600}>
              {model.title || model.url}
            </Text>
            <Badge variant="light" color={COLORS[model.state] ?? 'gray'} tt="none">
              {model.readable_state}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed" component="div">
            {model.url}
            {model.is_interactive && ` · ${t('models.interactive')}`}
            {model.model_version && ` · ${t('models.atVersion', { version: model.model_version })}`}
            {model.checked_at && (
              <>
                {` · ${t('models.checked')} `}
                <RelativeTime at={model.checked_at} />
              </>
            )}
          </Text>
          {model.error_message && (
            <Text size="xs" c="var(--postil-rubric)" role="alert">
              {model.error_message}
            </Text>
          )}
        </Box>
        <Group gap={4} wrap="nowrap">
          <Button variant="default" size="compact-sm" leftSection={<IconFlask size={14} />} onClick={onTry}>
            {t('models.try')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconSchool size={14} />}
            loading={isTraining}
            onClick={onTrain}
          >
            {t('models.train')}
          </Button>
          <Tooltip label={t('models.change')}>
            <ActionIcon aria-label={t('models.change')} onClick={onEdit}>
              <IconPencil size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('models.delete')}>
            <ActionIcon aria-label={t('models.delete')} onClick={onDrop}>
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
    </Box>
  )
}
