import { Center, Loader } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useProjectId } from '../useProjectId'
import { STREAMS } from './streams'
import type { DataSearch } from './useTableState'

const ProjectData = lazy(async () => ({ default: (await import('./ProjectData')).ProjectData }))
const LabelStream = lazy(async () => ({ default: (await import('../label/LabelStream')).LabelStream }))

const waiting = (
  <Center flex={1}>
    <Loader size="sm" />
  </Center>
)

/** The tasks of a project. Whoever labels all of them needs nothing of the table. */
export const DataPage = () => {
  const project = useProjectId()
  const { labeling }: DataSearch = useSearch({ strict: false })
  return (
    <Suspense fallback={waiting}>
      {labeling === STREAMS.all ? (
        <LabelStream key={project} projectId={project} />
      ) : (
        <ProjectData key={project} project={project} />
      )}
    </Suspense>
  )
}
