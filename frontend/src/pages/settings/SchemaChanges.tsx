import { Box, Group, Select, Text } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ConfigChange } from '@/api/queries/configChanges'
import { changeKey, choicesOf, firstChoice } from './migrationSteps'
import classes from './settings.module.css'

interface Props {
  changes: readonly ConfigChange[]
  chosen: Readonly<Record<string, string>>
  onChoose: (key: string, choice: string) => void
}

/** What the server calls the control of labels of links. */
const LINKS = '<Relations>'
const counted = ['drafts', 'predictions', 'views'] as const

/** Returns how many annotations use something, as far as that is known. */
const usedIn = ({ annotations, is_exact }: ConfigChange, t: TFunction): string => {
  if (annotations === null) return t('settings.migration.counting')
  const shown = `${is_exact ? '' : '≥ '}${annotations.toLocaleString()}`
  return t('settings.migration.annotations', { count: annotations, shown })
}

/** What annotations use and the config, as it is being edited, lacks: for each, what shall become of it. */
export const SchemaChanges = ({ changes, chosen, onChoose }: Props) => {
  const { t } = useTranslation()
  return (
    <Box component="section" className={classes.changes} aria-label={t('settings.migration.title')}>
      <Text size="sm" fw={600}>
        {t('settings.migration.title')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t('settings.migration.hint')}
      </Text>
      {changes.map((change) => {
        const key = changeKey(change)
        const name = change.label ?? change.control
        const place = {
          label_removed: change.control === LINKS ? 'settings.migration.ofLinks' : 'settings.migration.inControl',
          control_removed: 'settings.migration.control',
          target_changed: 'settings.migration.target',
        }[change.kind]
        const more = counted
          .filter((unit) => change[unit] > 0)
          .map((unit) => t(`settings.migration.${unit}`, { count: change[unit] }))
        return (
          <Group key={key} className={classes.change} gap="xs">
            <Box className={classes.act}>
              <Text size="sm">
                <b>{name}</b>{' '}
                <Text span size="xs" c="dimmed">
                  {t(place, { control: change.control })}
                </Text>
              </Text>
              <Text size="xs" c="dimmed" className="tabular">
                {usedIn(change, t)}
                {more.length > 0 && ` · ${more.join(' · ')}`}
              </Text>
            </Box>
            <IconArrowRight size={16} stroke={1.6} aria-hidden />
            <Select
              size="xs"
              w={260}
              aria-label={t('settings.migration.what', { name })}
              data={choicesOf(change).map(({ id, action, to }) => ({
                value: id,
                label: t(`settings.migration.action.${action}`, { to }),
              }))}
              value={chosen[key] ?? firstChoice(change)?.id ?? null}
              onChange={(choice) => choice && onChoose(key, choice)}
            />
          </Group>
        )
      })}
    </Box>
  )
}
