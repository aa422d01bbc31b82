import type { Project } from '@/api/types'
import { StorageList } from './StorageList'

/** Where tasks come from and where annotations go. */
export const StorageSettings = ({ project }: { project: Project }) => (
  <>
    <StorageList project={project.id} storageRole="source" />
    <StorageList project={project.id} storageRole="target" />
  </>
)
