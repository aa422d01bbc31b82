import { Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Dashboard } from '@/api/queries/dashboard'
import { Section } from '@/ui/Section'
import classes from './dashboard.module.css'
import { drill } from './drill'

interface Props {
  project: number
  labels: Dashboard['labels']
}

/** How often each label was given, by control; a table whose rows are also bars. */
export const LabelCounts = ({ project, labels }: Props) => {
  const { t } = useTranslation()
  return (
    <Section title={t('dashboard.labels')} hint={t('dashboard.labelsHint')}>
      {!labels?.length && (
        <Text size="sm" c="dimmed">
          {t(labels === null ? 'dashboard.countingLabels' : 'dashboard.noLabels')}
        </Text>
      )}
      <Stack gap="md">
        {(labels ?? []).map(({ control, labels: counts }) => {
          const most = Math.max(1, ...counts.map(({ count }) => count))
          return (
            <table key={control} className={classes.labels}>
              <caption>{control}</caption>
              <tbody>
                {counts.map(({ label, count }) => (
                  <tr key={label}>
                    <th scope="row">
                      <Link
                        to="/projects/$projectId/data/"
                        params={{ projectId: String(project) }}
                        search={drill.label(control, label)}
                        className={classes.link}
                      >
                        {label}
                      </Link>
                    </th>
                    <td className={classes.barCell}>
                      <span className={classes.bar} style={{ width: `${(100 * count) / most}%` }} />
                    </td>
                    <td className={classes.count}>{count.toLocaleString()}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        })}
      </Stack>
    </Section>
  )
}
