import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react'
import { useText } from './useText'

/** Code of a tag that is loaded when a config names the tag. */
export interface LazyPart<Part> {
  /** Loads the code, once; after a failure it can be tried again. */
  load(): Promise<Part>
  /** The code, if it is here. */
  readonly loaded: Part | null
  /** Returns a component of the code; shown before that is here, it waits for it and shows `fallback`. */
  view<Props extends object>(
    pick: (part: Part) => ComponentType<Props>,
    fallback?: ReactNode,
  ): (props: Props) => ReactNode
}

/** Returns a part of the editor whose code is fetched when it is wanted. */
export function lazyPart<Part>(fetchCode: () => Promise<Part>): LazyPart<Part> {
  let loaded: Part | null = null
  let loading: Promise<Part> | null = null
  const load = (): Promise<Part> => {
    loading ??= fetchCode().then(
      (part) => {
        loaded = part
        return part
      },
      (error: unknown) => {
        loading = null
        throw error
      },
    )
    return loading
  }
  return {
    load,
    get loaded() {
      return loaded
    },
    view<Props extends object>(pick: (part: Part) => ComponentType<Props>, fallback: ReactNode = <Loading />) {
      const Waiting = lazy(async () => ({ default: pick(await load()) })) as unknown as ComponentType<Props>
      // biome-ignore lint/correctness/noComponentHookFactories: called once a part, when its module is read
      return function LazyView(props: Props) {
        // What began to wait goes on with the same component: another one would lose its state.
        const [part] = useState(loaded)
        if (part) {
          const View = pick(part)
          return <View {...props} />
        }
        return (
          <Suspense fallback={fallback}>
            <Waiting {...props} />
          </Suspense>
        )
      }
    },
  }
}

function Loading() {
  const t = useText()
  return <p className="pe-quiet">{t('objects.loading')}</p>
}
