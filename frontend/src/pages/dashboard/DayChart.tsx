import { SegmentedControl, Table, Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DashboardDay } from '@/api/queries/dashboard'
import { Section } from '@/ui/Section'
import classes from './dashboard.module.css'
import { drill } from './drill'

interface Props {
  project: number
  days: readonly DashboardDay[]
}

/** Width until the place of the chart is measured. */
const FIRST_WIDTH = 720
/** So much room the name of a day takes. */
const NAME_WIDTH = 64
const HEIGHT = 180
const FOOT = 22
const TOP = 22

/** Returns which days are named, so that names do not run into each other: every day, every week or every few weeks. */
export const namedEvery = (days: number, width: number): number => {
  const least = (days * NAME_WIDTH) / width
  return least <= 1 ? 1 : Math.ceil(least / 7) * 7
}

/** Returns a round number at or above the highest value, for the top of a scale. */
export const scaleTop = (values: readonly number[]): number => {
  const most = Math.max(1, ...values)
  const unit = 10 ** Math.floor(Math.log10(most))
  return Math.ceil(most / unit) * unit
}

const shownDay = (day: string): string =>
  new Date(`${day}T00:00:00`).toLocaleDateString(undefined, { day: 'numeric', month: 'short' })

const Bars = ({ project, days }: Props) => {
  const { t } = useTranslation()
  const { ref, width: measured } = useElementSize()
  const width = measured || FIRST_WIDTH
  const every = namedEvery(days.length, width)
  const top = scaleTop(days.map((day) => day.annotations + day.skipped))
  const room = HEIGHT - FOOT
  const step = width / Math.max(1, days.length)
  const scale = (count: number) => (count / top) * (room - TOP)
  return (
    <div ref={ref}>
      {/* biome-ignore lint/a11y/useSemanticElements: a field set cannot hold a drawing */}
      <svg className={classes.chart} viewBox={`0 0 ${width} ${HEIGHT}`} role="group" aria-label={t('dashboard.days')}>
        {(top > 1 ? [0, 0.5, 1] : [0, 1]).map((part) => (
          <g key={part}>
            <line
              x1={0}
              x2={width}
              y1={room - scale(top * part)}
              y2={room - scale(top * part)}
              className={classes.rule}
            />
            <text x={0} y={room - scale(top * part) - 3} className={classes.tick}>
              {part > 0 ? (top * part).toLocaleString() : ''}
            </text>
          </g>
        ))}
        {days.map((day, index) => {
          const done = scale(day.annotations)
          const skipped = scale(day.skipped)
          const name = t('dashboard.dayNumbers', {
            day: shownDay(day.day),
            annotations: day.annotations.toLocaleString(),
            skipped: day.skipped.toLocaleString(),
          })
          const x = index * step + step * 0.14
          return (
            <Link
              key={day.day}
              to="/projects/$projectId/data/"
              params={{ projectId: String(project) }}
              search={drill.day(day.day)}
              aria-label={name}
              tabIndex={day.people > 0 ? 0 : -1}
            >
              <title>{name}</title>
              <rect x={index * step} y={0} width={step} height={room} fill="transparent" />
              <rect x={x} y={room - done} width={step * 0.72} height={done} rx={2} className={classes.done} />
              <rect x={x} y={room - done - skipped} width={step * 0.72} height={skipped} className={classes.skipped} />
              {index % every === 0 && index * step + NAME_WIDTH / 2 <= width && (
                <text
                  x={index === 0 ? 0 : index * step + step / 2}
                  y={HEIGHT - 4}
                  textAnchor={index === 0 ? 'start' : 'middle'}
                  className={classes.tick}
                >
                  {shownDay(day.day)}
                </text>
              )}
            </Link>
          )
        })}
      </svg>
      <p className={classes.legend}>
        <span data-kind="done">{t('dashboard.annotations')}</span>
        {days.some((day) => day.skipped > 0) && <span data-kind="skipped">{t('dashboard.skipped')}</span>}
      </p>
    </div>
  )
}

/** What was done each day, as bars or as a table. */
export const DayChart = ({ project, days }: Props) => {
  const { t } = useTranslation()
  const [form, setForm] = useState('chart')
  const active = days.filter((day) => day.annotations + day.skipped > 0)
  return (
    <Section
      title={t('dashboard.days')}
      action={
        <SegmentedControl
          size="xs"
          aria-label={t('dashboard.form')}
          data={[
            { value: 'chart', label: t('dashboard.chart') },
            { value: 'table', label: t('dashboard.table') },
          ]}
          value={form}
          onChange={setForm}
        />
      }
    >
      {active.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('dashboard.quiet')}
        </Text>
      ) : form === 'chart' ? (
        <Bars project={project} days={days} />
      ) : (
        <Table className="dense-table" verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('dashboard.day')}</Table.Th>
              <Table.Th>{t('dashboard.annotations')}</Table.Th>
              <Table.Th>{t('dashboard.skipped')}</Table.Th>
              <Table.Th>{t('dashboard.peopleCount')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {active.map((day) => (
              <Table.Tr key={day.day}>
                <Table.Td>
                  <Link
                    to="/projects/$projectId/data/"
                    params={{ projectId: String(project) }}
                    search={drill.day(day.day)}
                    className={classes.link}
                  >
                    {shownDay(day.day)}
                  </Link>
                </Table.Td>
                <Table.Td className="tabular">{day.annotations.toLocaleString()}</Table.Td>
                <Table.Td className="tabular">{day.skipped.toLocaleString()}</Table.Td>
                <Table.Td className="tabular">{day.people}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  )
}
