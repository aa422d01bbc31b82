import { type ComponentType, lazy, Suspense } from 'react'
import type { TagView, TagViewProps } from './tag'
import { useText } from './useText'

/** Returns a view whose code is loaded when a config names its tag. */
export function lazyView(load: () => Promise<ComponentType<TagViewProps>>): TagView {
  const View = lazy(async () => ({ default: await load() }))
  // biome-ignore lint/correctness/noComponentHookFactories: called once a family, when the module is read
  return function LazyView({ node }: TagViewProps) {
    return (
      <Suspense fallback={<Loading />}>
        <View node={node} />
      </Suspense>
    )
  }
}

function Loading() {
  const t = useText()
  return <p className="pe-quiet">{t('objects.loading')}</p>
}
