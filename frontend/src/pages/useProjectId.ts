import { useParams } from '@tanstack/react-router'

/** Returns the project that the address names. */
export const useProjectId = (): number => Number(useParams({ strict: false }).projectId)
