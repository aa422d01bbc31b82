import { shallowEqual } from '@mantine/hooks'
import { useRef } from 'react'

/** Returns the object of the last time while all its values are the same: what is drawn from it is not drawn anew. */
export const useSameObject = <Value extends object>(next: Value): Value => {
  const held = useRef(next)
  if (!shallowEqual(held.current, next)) held.current = next
  return held.current
}
