import { Box, Center, Loader, SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useConfigCheck } from '@/api/queries/projects'
import type { Json } from '@/api/types'
import { checkConfig } from '@/editor/core/checkConfig'
import { TAG_SPECS } from '@/editor/tags/specs.gen'
import { Failure } from '@/ui/Failure'
import { useDebounced } from '@/ui/useDebounced'
import { XmlEditor } from '@/ui/XmlEditor'
import { ConfigVisual } from './ConfigVisual'
import classes from './config.module.css'
import { readGroups } from './configWords'
import { PreviewData, usePreviewData } from './PreviewData'
import { ProblemList } from './ProblemList'
import { tagElements } from './tagElements'

const ConfigPreview = lazy(async () => ({ default: (await import('./ConfigPreview')).ConfigPreview }))

interface Props {
  value: string
  onChange: (config: string) => void
  /** Whose tasks the preview can show. */
  project?: number
  /** Data of a task that was made for this config; unset: the server makes one up. */
  sample?: Record<string, Json> | null
}

type Way = 'visual' | 'code'

/** The label config as lists or as text, what is wrong with it, and how it will look. */
export const ConfigEditor = ({ value, onChange, project, sample = null }: Props) => {
  const { t } = useTranslation()
  const [way, setWay] = useState<Way>(() => ((readGroups(value)?.length ?? 0) > 0 ? 'visual' : 'code'))
  const checked = useDebounced(value, 450)
  const check = useConfigCheck(checked)
  const { data, controls } = usePreviewData(sample ?? check.data?.sample_task ?? null, project)
  // The same rules run here, so that a fault is marked while it is typed.
  const problems = useMemo(() => [...checkConfig(value, TAG_SPECS).problems], [value])
  return (
    <Box className={classes.split}>
      <Box className={classes.code}>
        <SegmentedControl
          size="xs"
          className={classes.ways}
          aria-label={t('config.way')}
          data={[
            { value: 'visual', label: t('config.visual') },
            { value: 'code', label: t('config.xml') },
          ]}
          value={way}
          onChange={(next) => setWay(next as Way)}
        />
        <Box className={classes.source}>
          {way === 'code' ? (
            <XmlEditor
              label={t('config.code')}
              value={value}
              onChange={onChange}
              marks={problems}
              elements={tagElements}
            />
          ) : (
            <ConfigVisual value={value} onChange={onChange} />
          )}
        </Box>
        {check.error && <Failure message={messageOf(check.error)} onRetry={() => void check.refetch()} />}
        {check.data && <ProblemList check={{ ...check.data, problems }} />}
      </Box>
      <Box className={classes.preview} component="section" aria-label={t('config.preview')}>
        <Box className={classes.previewHead}>
          <span>{t('config.preview')}</span>
          <PreviewData {...controls} />
        </Box>
        <Box className={classes.previewBody}>
          <Suspense
            fallback={
              <Center h="100%">
                <Loader size="sm" />
              </Center>
            }
          >
            {check.data && <ConfigPreview config={checked} check={check.data} data={data ?? sample} />}
          </Suspense>
        </Box>
      </Box>
    </Box>
  )
}
