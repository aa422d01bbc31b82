import { Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConfigCheck } from '@/api/types'
import classes from './config.module.css'

/** What is wrong with a config. */
export const ProblemList = ({ check }: { check: ConfigCheck }) => {
  const { t } = useTranslation()
  if (check.problems.length === 0) {
    return (
      <Text size="sm" className={classes.fine} role="status">
        <IconCircleCheck size={16} aria-hidden /> {t('config.noProblems')}
      </Text>
    )
  }
  return (
    <Stack gap={6} role="status">
      {check.problems.map((problem) => (
        <Text
          key={`${problem.line}:${problem.column}:${problem.code}:${problem.message}`}
          size="sm"
          className={classes.problem}
          data-severity={problem.severity}
        >
          {problem.severity === 'error' ? <IconAlertTriangle size={16} /> : <IconInfoCircle size={16} />}
          <span>
            <b>{t('config.line', { line: problem.line })}</b> {problem.message}
          </span>
        </Text>
      ))}
    </Stack>
  )
}
