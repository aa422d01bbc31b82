import type { Editor } from '../core/editor'
import type { ViewCamera } from '../core/regionView'

/** Lets the same picture in several editors be zoomed, moved and turned together, until the returned function is called. */
export function lookTogether(editors: readonly Pick<Editor, 'views'>[]): () => void {
  let ends: (() => void)[] = []
  let isFollowing = false
  const camerasOf = (object: string): ViewCamera[] =>
    editors.flatMap(({ views }) => views.get().get(object)?.camera ?? [])
  const follow = (object: string, leader: ViewCamera) => {
    if (isFollowing) return
    isFollowing = true
    const look = leader.look()
    for (const camera of camerasOf(object)) if (camera !== leader) camera.show(look)
    isFollowing = false
  }
  const connect = () => {
    for (const end of ends) end()
    ends = editors.flatMap(({ views }) =>
      [...views.get()].flatMap(([object, { camera }]) => camera?.subscribe(() => follow(object, camera)) ?? []),
    )
  }
  const endViews = editors.map(({ views }) => views.subscribe(connect))
  connect()
  return () => {
    for (const end of [...ends, ...endViews]) end()
  }
}
