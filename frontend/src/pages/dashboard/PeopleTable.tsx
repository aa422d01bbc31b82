import { Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DashboardPerson } from '@/api/queries/dashboard'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'
import classes from './dashboard.module.css'
import { drill } from './drill'

interface Props {
  project: number
  people: readonly DashboardPerson[]
}

const shown = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString(undefined, { maximumFractionDigits: 1 })

/** Who did how much, and how fast. */
export const PeopleTable = ({ project, people }: Props) => {
  const { t } = useTranslation()
  const hasImports = people.some(({ imported }) => imported > 0)
  return (
    <Section title={t('dashboard.people')}>
      {people.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('dashboard.quiet')}
        </Text>
      )}
      {people.length > 0 && (
        <Table.ScrollContainer minWidth={620}>
          <Table className={`dense-table ${classes.people}`} verticalSpacing={5}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('dashboard.person')}</Table.Th>
                <Table.Th>{t('dashboard.annotations')}</Table.Th>
                <Table.Th>{t('dashboard.skipped')}</Table.Th>
                {hasImports && <Table.Th>{t('dashboard.imported')}</Table.Th>}
                <Table.Th>{t('dashboard.seconds')}</Table.Th>
                <Table.Th>{t('dashboard.perHour')}</Table.Th>
                <Table.Th>{t('dashboard.last')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {people.map((person) => (
                <Table.Tr key={person.user}>
                  <Table.Td>
                    {person.user === null && t('dashboard.nobody')}
                    {person.user !== null && (
                      <Link
                        to="/projects/$projectId/data/"
                        params={{ projectId: String(project) }}
                        search={drill.person(person.user)}
                        className={classes.link}
                      >
                        {person.name}
                      </Link>
                    )}
                  </Table.Td>
                  <Table.Td className="tabular">{person.annotations.toLocaleString()}</Table.Td>
                  <Table.Td className="tabular">{person.skipped.toLocaleString()}</Table.Td>
                  {hasImports && <Table.Td className="tabular">{person.imported.toLocaleString()}</Table.Td>}
                  <Table.Td className="tabular">{shown(person.seconds_mean)}</Table.Td>
                  <Table.Td className="tabular">{shown(person.per_hour)}</Table.Td>
                  <Table.Td>{person.last_at ? <RelativeTime at={person.last_at} /> : '–'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  )
}
