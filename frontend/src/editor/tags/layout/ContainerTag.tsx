import { TagChildren } from '../TagChildren'
import type { TagViewProps } from '../tag'

/** Shows what is inside, as it is: a Repeater's copies. */
export function ContainerTag({ node }: TagViewProps) {
  return <TagChildren node={node} />
}
