import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useRef } from 'react'

/** The page of a Repeater in the address: what the first task begins with, and how to keep it there. */
export const useViewPage = (projectId: number) => {
  const navigate = useNavigate()
  const { view_page } = useSearch({ strict: false })
  const shown = useRef(view_page)
  shown.current = view_page
  const isBegun = useRef(false)
  const onViewPage = useCallback(
    (page: number) => {
      isBegun.current = true
      // The first page needs no mention.
      const next = page > 1 ? page : undefined
      if (next === shown.current) return
      void navigate({
        to: '/projects/$projectId/data/',
        params: { projectId: String(projectId) },
        search: (old) => ({ ...old, view_page: next }),
        replace: true,
      })
    },
    [navigate, projectId],
  )
  return { viewPage: isBegun.current ? undefined : view_page, onViewPage }
}
