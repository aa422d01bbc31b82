import { useCallback, useEffect, useRef, useState } from 'react'
import type { Task } from '@/api/types'
import { choose, everything, isSelected, nothing, type Selection } from '@/ui/selection'
import { useSameObject } from '@/ui/useSameObject'

export interface SelectionControl {
  selection: Selection
  /** Chooses or drops a row; `extend` also those between it and the row chosen before. */
  toggle: (task: Task, index: number, extend: boolean) => void
  selectAll: (isChosen: boolean) => void
  clear: () => void
}

/** Holds which tasks are chosen. Another question to the table begins with none: "all but these" would mean others. */
export const useSelection = (rowAt: (index: number) => Task | undefined, question: string): SelectionControl => {
  const [selection, setSelection] = useState<Selection>(nothing)
  const lastChosen = useRef(0)
  const asked = useRef(question)
  useEffect(() => {
    if (asked.current === question) return
    asked.current = question
    setSelection(nothing)
  }, [question])
  const toggle = useCallback(
    (task: Task, index: number, extend: boolean) => {
      const from = extend ? Math.min(lastChosen.current, index) : index
      const to = extend ? Math.max(lastChosen.current, index) : index
      const ids = Array.from({ length: to - from + 1 }, (_, step) => rowAt(from + step)?.id).filter(
        (id) => id !== undefined,
      )
      setSelection((old) => choose(old, ids, extend || !isSelected(old, task.id)))
      lastChosen.current = index
    },
    [rowAt],
  )
  const selectAll = useCallback((isChosen: boolean) => setSelection(isChosen ? everything : nothing), [])
  const clear = useCallback(() => setSelection(nothing), [])
  return useSameObject({ selection, toggle, selectAll, clear })
}
