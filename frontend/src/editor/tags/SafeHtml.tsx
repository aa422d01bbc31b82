import { lazyPart } from './lazyPart'

const part = lazyPart(() => import('./CleanHtml'))

/** Loads what cleans HTML. */
export const loadHtml = part.load

/** Shows HTML of a config or of task data without anything that runs. */
export const SafeHtml = part.view(({ CleanHtml }) => CleanHtml, null)
