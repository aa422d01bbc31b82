import {
  IconAbc,
  IconBrush,
  IconCircle,
  IconPoint,
  IconPolygon,
  IconSquare,
  IconVectorBezier2,
  IconVolume,
  IconWaveSine,
} from '@tabler/icons-react'

const ICONS: readonly (readonly [RegExp, typeof IconAbc])[] = [
  [/^rectangle|^videorectangle|^ocr/, IconSquare],
  [/^ellipse/, IconCircle],
  [/^polygon/, IconPolygon],
  [/^vector/, IconVectorBezier2],
  [/^keypoint/, IconPoint],
  [/^brush|^bitmask|^magicwand/, IconBrush],
  [/^timeseries|^timeline/, IconWaveSine],
  [/^audio/, IconVolume],
]

/** A small picture of what kind of region it is. */
export function RegionIcon({ type }: { type: string }) {
  const Icon = ICONS.find(([pattern]) => pattern.test(type))?.[1] ?? IconAbc
  return <Icon size={15} stroke={1.8} aria-hidden="true" />
}
