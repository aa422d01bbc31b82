import { Box, Group, Progress, SegmentedControl, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { type Dashboard, useDashboard } from '@/api/queries/dashboard'
import { Failure } from '@/ui/Failure'
import { useProjectId } from '../useProjectId'
import { DayChart } from './DayChart'
import classes from './dashboard.module.css'
import { drill } from './drill'
import { LabelCounts } from './LabelCounts'
import { PeopleTable } from './PeopleTable'

const ONE_DIGIT = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
const SPANS = ['7', '30', '90'] as const

const Tiles = ({ project, data }: { project: number; data: Dashboard }) => {
  const { t } = useTranslation()
  const { tasks } = data
  const tiles = [
    { key: 'total', value: tasks.total, search: drill.all() },
    { key: 'labeled', value: tasks.labeled, search: drill.labeled() },
    { key: 'remaining', value: tasks.remaining, search: drill.remaining() },
    { key: 'skippedTasks', value: tasks.skipped, search: drill.skipped() },
    { key: 'groundTruth', value: tasks.ground_truth, search: drill.groundTruth() },
    { key: 'predictions', value: tasks.predicted, search: drill.predictions() },
  ]
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, md: 6 }} spacing="sm">
      {tiles.map(({ key, value, search }) => (
        <Link
          key={key}
          to="/projects/$projectId/data/"
          params={{ projectId: String(project) }}
          search={search}
          className={`card ${classes.tile}`}
        >
          <span className={classes.number}>{value.toLocaleString()}</span>
          <Text size="xs" c="dimmed">
            {t(`dashboard.tile.${key}`)}
          </Text>
        </Link>
      ))}
    </SimpleGrid>
  )
}

const Outlook = ({ data }: { data: Dashboard }) => {
  const { t } = useTranslation()
  const { total, labeled } = data.tasks
  const percent = total > 0 ? (100 * labeled) / total : 0
  const day = (text: string) => new Date(`${text}T00:00:00`).toLocaleDateString(undefined, { dateStyle: 'medium' })
  const { forecast } = data
  return (
    <Box className="card" p="md">
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={600} className="tabular">
          {t('dashboard.done', { percent: percent.toLocaleString(undefined, ONE_DIGIT) })}
        </Text>
        <Text size="sm" c="dimmed">
          {forecast
            ? t(forecast.late ? 'dashboard.forecast' : 'dashboard.forecastOpen', {
                likely: day(forecast.likely),
                early: day(forecast.early),
                late: forecast.late ? day(forecast.late) : '',
                pace: forecast.per_day.toLocaleString(undefined, { maximumFractionDigits: 1 }),
              })
            : t(labeled >= total && total > 0 ? 'dashboard.finished' : 'dashboard.noForecast')}
        </Text>
      </Group>
      <Progress value={percent} aria-label={t('dashboard.progress')} />
    </Box>
  )
}

/** How a project goes: numbers that lead to their tasks, days, labels, people, and when it may be done. */
export const DashboardPage = () => {
  const { t } = useTranslation()
  const project = useProjectId()
  const [span, setSpan] = useState<string>('30')
  const dashboard = useDashboard(project, Number(span))
  const { data } = dashboard
  return (
    <Box w="100%" maw={1160} mx="auto" px="md" py="lg">
      <Group justify="space-between" mb="md">
        <Title order={1}>{t('dashboard.title')}</Title>
        <SegmentedControl
          size="xs"
          aria-label={t('dashboard.span')}
          data={SPANS.map((value) => ({ value, label: t('dashboard.lastDays', { count: Number(value) }) }))}
          value={span}
          onChange={setSpan}
        />
      </Group>
      {dashboard.error && <Failure message={messageOf(dashboard.error)} onRetry={() => void dashboard.refetch()} />}
      {dashboard.isPending && <Skeleton height={420} />}
      {data && (
        <Stack gap="md">
          <Tiles project={project} data={data} />
          <Outlook data={data} />
          <DayChart project={project} days={data.days} />
          <LabelCounts project={project} labels={data.labels} />
          <PeopleTable project={project} people={data.people} />
        </Stack>
      )}
    </Box>
  )
}
