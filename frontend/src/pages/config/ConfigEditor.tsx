import { Box, Center, Loader } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useConfigCheck } from '@/api/queries/projects'
import { Failure } from '@/ui/Failure'
import { useDebounced } from '@/ui/useDebounced'
import { XmlEditor } from '@/ui/XmlEditor'
import classes from './config.module.css'
import { ProblemList } from './ProblemList'
import { tagElements } from './tagElements'

const ConfigPreview = lazy(async () => ({ default: (await import('./ConfigPreview')).ConfigPreview }))

interface Props {
  value: string
  onChange: (config: string) => void
  /** Whose annotations a change could break. */
  project?: number
}

/** The label config as text, what is wrong with it, and how it will look. */
export const ConfigEditor = ({ value, onChange, project }: Props) => {
  const { t } = useTranslation()
  const checked = useDebounced(value, 450)
  const check = useConfigCheck(checked, project)
  const marks = useMemo(() => check.data?.problems ?? [], [check.data])
  return (
    <Box className={classes.split}>
      <Box className={classes.code}>
        <XmlEditor label={t('config.code')} value={value} onChange={onChange} marks={marks} elements={tagElements} />
        {check.error && <Failure message={messageOf(check.error)} onRetry={() => void check.refetch()} />}
        {check.data && <ProblemList check={check.data} />}
      </Box>
      <Box className={classes.preview} component="section" aria-label={t('config.preview')}>
        <Box className={classes.previewHead}>{t('config.preview')}</Box>
        <Box className={classes.previewBody}>
          <Suspense
            fallback={
              <Center h="100%">
                <Loader size="sm" />
              </Center>
            }
          >
            {check.data && <ConfigPreview config={checked} check={check.data} />}
          </Suspense>
        </Box>
      </Box>
    </Box>
  )
}
