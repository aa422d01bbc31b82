import { Box, Center, Loader } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useProjectId } from '../useProjectId'
import classes from './DataPage.module.css'
import { TaskTable } from './TaskTable'

const QuickView = lazy(async () => ({ default: (await import('../label/QuickView')).QuickView }))
const LabelStream = lazy(async () => ({ default: (await import('../label/LabelStream')).LabelStream }))

const waiting = (
  <Center flex={1}>
    <Loader size="sm" />
  </Center>
)

/** The tasks of a project; one of them opened beside the table, or one after the other to be labeled. */
export const DataPage = () => {
  const project = useProjectId()
  const { task, annotation, labeling } = useSearch({ strict: false })
  if (labeling) {
    return (
      <Suspense fallback={waiting}>
        <LabelStream key={project} projectId={project} />
      </Suspense>
    )
  }
  return (
    <Box className={classes.page} data-open={task !== undefined || undefined}>
      <Box className={classes.table}>
        <TaskTable key={project} projectId={project} openId={task ?? null} />
      </Box>
      {task !== undefined && (
        <Box className={classes.view}>
          <Suspense fallback={waiting}>
            <QuickView key={task} projectId={project} taskId={task} annotationId={annotation} />
          </Suspense>
        </Box>
      )}
    </Box>
  )
}
