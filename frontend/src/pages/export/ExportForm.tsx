import { Button, Checkbox, Group, MultiSelect, Radio, Select, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import {
  annotationKinds,
  type ExportOptions,
  useCreateExport,
  useExportFormats,
  useProjectAnnotators,
} from '@/api/queries/exports'
import type { ExportFormat } from '@/api/types'
import { Failure } from '@/ui/Failure'
import { nameOf } from '@/ui/nameOf'
import { Section } from '@/ui/Section'
import classes from './export.module.css'
import type { NamedScope } from './scopes'

type Switch = 'onlyAnnotated' | 'onlyFinished' | 'withDrafts' | 'withPredictions'
const switches: readonly Switch[] = ['onlyAnnotated', 'onlyFinished', 'withDrafts', 'withPredictions']
/** How the server says that a format keeps everything. */
const NOTHING = 'nothing'
const initial: ExportOptions = {
  format: 'JSON',
  scope: { kind: 'all' },
  onlyAnnotated: true,
  onlyFinished: false,
  kinds: ['usual', 'ground_truth'],
  annotators: [],
  withDrafts: false,
  withPredictions: false,
}

const FormatCard = ({ format }: { format: ExportFormat }) => {
  const { t } = useTranslation()
  return (
    <Radio.Card value={format.name} className={classes.format} disabled={format.disabled}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator size="xs" mt={3} />
        <div>
          <Text size="sm" fw={600}>
            {format.title}
          </Text>
          <Text size="xs" c="dimmed">
            {format.disabled ? t('export.notForConfig') : format.description}
          </Text>
          {!format.disabled && format.loses && format.loses !== NOTHING && (
            <Text size="xs" className={classes.loses}>
              {t('export.loses', { what: format.loses })}
            </Text>
          )}
        </div>
      </Group>
    </Radio.Card>
  )
}

/** The choice of format and content. */
export const ExportForm = ({ project, scopes }: { project: number; scopes: readonly NamedScope[] }) => {
  const { t } = useTranslation()
  const formats = useExportFormats(project)
  const create = useCreateExport(project)
  const [options, setOptions] = useState(initial)
  const [scope, setScope] = useState(scopes[0]?.id ?? '')
  const people = (useProjectAnnotators(project).data ?? []).map((person) => ({
    value: String(person.id),
    label: nameOf(person),
  }))
  const asked = scopes.find(({ id }) => id === scope) ?? scopes[0]
  const current = formats.data?.find((format) => format.name === options.format)
  return (
    <Section title={t('export.choose')} hint={t('export.chooseHint')}>
      <Stack gap="md">
        {formats.error && <Failure message={messageOf(formats.error)} onRetry={() => void formats.refetch()} />}
        {create.error && <Failure message={messageOf(create.error)} />}
        <Radio.Group
          value={options.format}
          onChange={(format) => setOptions({ ...options, format })}
          label={t('export.format')}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
            {formats.isPending && ['a', 'b', 'c', 'd'].map((key) => <Skeleton key={key} height={64} />)}
            {formats.data?.map((format) => (
              <FormatCard key={format.name} format={format} />
            ))}
          </SimpleGrid>
        </Radio.Group>
        {current?.carries && (
          <Text size="sm" c="dimmed">
            {t('export.carries', { what: current.carries })}
          </Text>
        )}
        <Group align="flex-start" gap="lg">
          <Select
            label={t('export.scope')}
            size="xs"
            w={260}
            data={scopes.map(({ id, title }) => ({ value: id, label: title }))}
            value={asked?.id ?? null}
            onChange={(id) => setScope(id ?? '')}
          />
          <Checkbox.Group
            label={t('export.kinds')}
            size="xs"
            value={[...options.kinds]}
            onChange={(kinds) =>
              kinds.length > 0 &&
              setOptions({ ...options, kinds: annotationKinds.filter((kind) => kinds.includes(kind)) })
            }
          >
            <Group gap="sm" mt={6}>
              {annotationKinds.map((kind) => (
                <Checkbox key={kind} size="xs" value={kind} label={t(`export.kind.${kind}`)} />
              ))}
            </Group>
          </Checkbox.Group>
        </Group>
        {people.length > 1 && (
          <MultiSelect
            label={t('export.annotators')}
            size="xs"
            maw={420}
            searchable
            clearable
            placeholder={options.annotators.length === 0 ? t('export.everybody') : undefined}
            data={people}
            value={options.annotators.map(String)}
            onChange={(ids) => setOptions({ ...options, annotators: ids.map(Number) })}
          />
        )}
        <Group gap="lg">
          {switches.map((name) => (
            <Checkbox
              key={name}
              size="xs"
              label={t(`export.${name}`)}
              checked={options[name]}
              onChange={(event) => setOptions({ ...options, [name]: event.currentTarget.checked })}
            />
          ))}
        </Group>
        <Group>
          <Button
            size="sm"
            leftSection={<IconDownload size={16} />}
            loading={create.isPending}
            onClick={() => create.mutate({ ...options, scope: asked?.scope ?? options.scope })}
          >
            {t('export.create')}
          </Button>
        </Group>
      </Stack>
    </Section>
  )
}
