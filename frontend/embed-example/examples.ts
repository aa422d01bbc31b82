import type { EditorProps } from '@/editor'
import { encodePng } from '@/editor/engines/canvas/masks/png'
import { encodeRle } from '@/editor/engines/canvas/masks/rle'
import { type Mask, unite } from '@/editor/engines/canvas/masks/runs'
import { strokeRuns } from '@/editor/engines/canvas/masks/stroke'

type Example = Pick<EditorProps, 'config' | 'task'> & Partial<EditorProps>

/** A picture drawn here, so that the example needs no network. */
function picture(width: number, height: number): string {
  const shapes = Array.from({ length: 14 }, (_, at) => {
    const [x, y, size] = [(at * 137) % width, (at * 89) % height, 60 + ((at * 53) % 140)]
    return `<rect x="${x}" y="${y}" width="${size}" height="${size * 0.7}" rx="8" fill="hsl(${at * 47} 45% 62%)"/><circle cx="${x + 30}" cy="${y + 20}" r="14" fill="hsl(${at * 47} 55% 38%)"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="#bcd6ee"/><stop offset="1" stop-color="#e8e4d4"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>${shapes.join('')}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

const TEXT =
  'Alice met Bob in Paris on a rainy Tuesday. 👋 They had not seen each other since the summer of 2019, when both worked for Acme Research in Geneva.\n\nBob ordered an espresso; Alice, who had flown in from Nairobi that morning, asked for tea. “You still owe me a paper,” she said.\n\nThe National Library had closed early, so they walked along the Seine and talked about the archive they wanted to build.'

const many = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `many${String(at).padStart(6, '0')}`,
    from_name: 'box',
    to_name: 'image',
    type: 'rectanglelabels',
    original_width: 1200,
    original_height: 800,
    image_rotation: 0,
    origin: 'manual',
    value: { x: (at * 7.31) % 97, y: (at * 3.17) % 97, width: 1.2, height: 1.5, rotation: at % 5 ? 0 : 20, rectanglelabels: [['Car', 'Person', 'Tree'][at % 3] as string] },
  }))

/** Many polygons and key points in turns. */
const manyShapes = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const [x, y] = [(at * 7.31) % 97, (at * 3.17) % 97]
    const facts = { id: `many${String(at).padStart(6, '0')}`, to_name: 'image', original_width: 1200, original_height: 800, image_rotation: 0, origin: 'manual' }
    if (at % 2) return { ...facts, from_name: 'point', type: 'keypointlabels', value: { x, y, width: 0.4, keypointlabels: ['Nose'] } }
    const points = Array.from({ length: 8 }, (__, corner) => [x + 1 + Math.cos(corner * 0.785), y + 1 + Math.sin(corner * 0.785)])
    return { ...facts, from_name: 'area', type: 'polygonlabels', value: { points, closed: true, polygonlabels: [['Lake', 'Wood'][(at / 2) % 2] as string] } }
  })

/** A painted stroke through points, in pixels. */
function painted(width: number, height: number, radius: number, points: readonly (readonly [number, number])[]): Mask {
  let mask: Mask = { width, height, runs: new Int32Array(0) }
  points.forEach(([x, y], at) => {
    const [fromX, fromY] = points[at - 1] ?? [x, y]
    mask = unite(mask, strokeRuns({ x: fromX, y: fromY }, { x, y }, radius, { width, height }))
  })
  return mask
}

const dataUrl = (mask: Mask) => `data:image/png;base64,${btoa(String.fromCharCode(...encodePng(mask)))}`

const SHAPES_CONFIG = `<View>
  <Labels name="thing" toName="image"><Label value="Any" background="#0f766e"/></Labels>
  <View style="display:flex;flex-wrap:wrap;gap:0 16px">
    <RectangleLabels name="box" toName="image"><Label value="Box" background="#d94f30"/></RectangleLabels>
    <EllipseLabels name="oval" toName="image"><Label value="Oval" background="#2f5fd8"/></EllipseLabels>
    <PolygonLabels name="area" toName="image"><Label value="Area" background="#1a7347"/></PolygonLabels>
    <VectorLabels name="path" toName="image" curves="true" closable="true"><Label value="Path" background="#8b3aa8"/></VectorLabels>
    <KeyPointLabels name="point" toName="image" strokeWidth="8"><Label value="Point" background="#b45309"/></KeyPointLabels>
    <BrushLabels name="mask" toName="image"><Label value="Mask" background="#be185d"/></BrushLabels>
    <BitmaskLabels name="bits" toName="image"><Label value="Bits" background="#4d7c0f"/></BitmaskLabels>
  </View>
  <MagicWand name="wand" toName="image"/>
  <Image name="image" value="$image" rotateControl="true" brightnessControl="true" contrastControl="true"/>
</View>`

const shapes = (width: number, height: number) => {
  const facts = { to_name: 'image', original_width: width, original_height: height, image_rotation: 0, origin: 'manual' }
  const mask = painted(width, height, 26, [[620, 150], [720, 210], [820, 160], [900, 240]])
  const bits = painted(width, height, 34, [[180, 560], [280, 620], [380, 570]])
  return [
    { ...facts, id: 'shape00001', from_name: 'box', type: 'rectanglelabels', value: { x: 8, y: 10, width: 18, height: 22, rotation: 12, rectanglelabels: ['Box'] } },
    { ...facts, id: 'shape00002', from_name: 'oval', type: 'ellipselabels', value: { x: 40, y: 24, radiusX: 9, radiusY: 12, rotation: 20, ellipselabels: ['Oval'] } },
    { ...facts, id: 'shape00003', from_name: 'area', type: 'polygonlabels', value: { points: [[50, 45], [66, 42], [74, 58], [62, 70], [48, 62]], closed: true, polygonlabels: ['Area'] } },
    {
      ...facts,
      id: 'shape00004',
      from_name: 'path',
      type: 'vectorlabels',
      value: {
        vertices: [
          { x: 8, y: 48, id: 'v1', isBezier: false },
          { x: 20, y: 56, id: 'v2', prevPointId: 'v1', isBezier: true, controlPoint1: { x: 14, y: 62 }, controlPoint2: { x: 26, y: 50 }, disconnected: false },
          { x: 38, y: 48, id: 'v3', prevPointId: 'v2', isBezier: false },
        ],
        closed: false,
        vectorlabels: ['Path'],
      },
    },
    { ...facts, id: 'shape00005', from_name: 'point', type: 'keypointlabels', value: { x: 86, y: 50, width: 1.2, keypointlabels: ['Point'] } },
    { ...facts, id: 'shape00006', from_name: 'mask', type: 'brushlabels', value: { format: 'rle', rle: encodeRle(mask), brushlabels: ['Mask'] } },
    { ...facts, id: 'shape00007', from_name: 'bits', type: 'bitmasklabels', value: { imageDataURL: dataUrl(bits), bitmasklabels: ['Bits'] } },
  ]
}

/** A hundred masks, each over a large part of a large picture. */
const masks = (width: number, height: number) =>
  Array.from({ length: 100 }, (_, at) => {
    const [x, y] = [400 + ((at * 331) % 3200), 300 + ((at * 173) % 2400)]
    const points = Array.from({ length: 12 }, (__, step): [number, number] => [
      x + 1400 * Math.sin(step * 0.9 + at),
      y + 1000 * Math.cos(step * 0.7 + at),
    ])
    return {
      id: `mask${String(at).padStart(6, '0')}`,
      from_name: 'mask',
      to_name: 'image',
      type: 'brushlabels',
      original_width: width,
      original_height: height,
      image_rotation: 0,
      origin: 'manual',
      value: { format: 'rle', rle: encodeRle(painted(width, height, 90, points)), brushlabels: [at % 2 ? 'Road' : 'Water'] },
    }
  })

const MASK_CONFIG = `<View>
  <BrushLabels name="mask" toName="image"><Label value="Road" background="#d94f30"/><Label value="Water" background="#2f5fd8"/></BrushLabels>
  <Image name="image" value="$image"/>
</View>`

const IMAGE_CONFIG = `<View>
  <Header value="Mark everything you see" size="4"/>
  <RectangleLabels name="box" toName="image" choice="single">
    <Label value="Car" background="#d94f30"/><Label value="Person" background="#2f5fd8"/><Label value="Tree" background="#1a7347"/>
  </RectangleLabels>
  <Image name="image" value="$image" rotateControl="true" brightnessControl="true" contrastControl="true"/>
  <Choices name="quality" toName="image" choice="single-radio" showInline="true" required="true"><Choice value="Good"/><Choice value="Blurry"/><Choice value="Dark"/></Choices>
  <TextArea name="caption" toName="image" placeholder="Describe the picture" rows="2" editable="true"/>
  <Rating name="stars" toName="image"/>
  <Choices name="occluded" toName="image" perRegion="true" choice="multiple"><Choice value="Occluded"/><Choice value="Truncated"/></Choices>
</View>`

export const EXAMPLES: Readonly<Record<string, Example>> = {
  image: { config: IMAGE_CONFIG, task: { id: 17, data: { image: picture(1200, 800) } } },
  many: {
    config: IMAGE_CONFIG.replace(' required="true"', ''),
    task: { id: 18, data: { image: picture(1200, 800) } },
    annotations: [{ id: 7, result: many(10_000), completed_by: 1, created_at: '2026-01-05T10:00:00Z', updated_at: '2026-01-05T10:00:00Z' }],
  },
  manyShapes: {
    config: `<View>
  <PolygonLabels name="area" toName="image"><Label value="Lake" background="#2f5fd8"/><Label value="Wood" background="#1a7347"/></PolygonLabels>
  <KeyPointLabels name="point" toName="image"><Label value="Nose" background="#d94f30"/></KeyPointLabels>
  <Image name="image" value="$image"/>
</View>`,
    task: { id: 22, data: { image: picture(1200, 800) } },
    annotations: [{ id: 9, result: manyShapes(10_000), completed_by: 1, created_at: '2026-01-05T10:00:00Z', updated_at: '2026-01-05T10:00:00Z' }],
  },
  shapes: {
    config: SHAPES_CONFIG,
    task: { id: 19, data: { image: picture(1200, 800) } },
    get annotations() {
      return [{ id: 8, result: shapes(1200, 800), completed_by: 1, created_at: '2026-01-05T10:00:00Z', updated_at: '2026-01-05T10:00:00Z' }]
    },
  },
  pages: {
    config: `<View><RectangleLabels name="box" toName="image"><Label value="Box"/></RectangleLabels><Image name="image" valueList="$pages" maxHeight="420px" grid="true" crosshair="true"/><Choices name="good" toName="image" perItem="true"><Choice value="Good"/><Choice value="Bad"/></Choices></View>`,
    task: { id: 21, data: { pages: [picture(1200, 800), picture(800, 800), picture(600, 900), picture(1000, 500)] } },
  },
  masks: {
    config: MASK_CONFIG,
    task: { id: 20, data: { image: picture(4000, 3000) } },
    get annotations() {
      return [{ id: 9, result: masks(4000, 3000), completed_by: 1, created_at: '2026-01-05T10:00:00Z', updated_at: '2026-01-05T10:00:00Z' }]
    },
  },
  text: {
    config: `<View>
  <Style>.lsf-labels { padding: 6px 8px; background: var(--color-accent-blueberry-subtlest); border-radius: 8px }</Style>
  <Labels name="ner" toName="text"><Label value="Person" alias="PER"/><Label value="Place" background="#1a7347"/><Label value="Organization" background="#8b3aa8" granularity="word"/></Labels>
  <Text name="text" value="$text"/>
  <Header value="What is it about?"/>
  <Choices name="topic" toName="text" choice="multiple" layout="inline"><Choice value="Travel" hint="Going places"/><Choice value="Work"/><Choice value="Food"/></Choices>
  <View visibleWhen="choice-selected" whenTagName="topic" whenChoiceValue="Travel"><Header value="How do they travel?" size="5"/><Choices name="how" toName="text"><Choice value="By plane"/><Choice value="On foot"/></Choices></View>
  <Choices name="language" toName="text" layout="select"><Choice value="English"/><Choice value="French"/><Choice value="Swahili"/></Choices>
  <Choices name="sure" toName="text" perRegion="true"><Choice value="Sure"/><Choice value="Unsure"/></Choices>
  <Taxonomy name="tree" toName="text"><Choice value="A"/></Taxonomy>
</View>`,
    task: { id: 42, data: { text: TEXT } },
    predictions: [
      {
        id: 5,
        model_version: 'ner-base',
        score: 0.87,
        created_at: '2026-02-03T09:30:00Z',
        result: [
          { id: 'p000000001', from_name: 'ner', to_name: 'text', type: 'labels', value: { start: 0, end: 5, text: 'Alice', labels: ['PER'] }, score: 0.98 },
          { id: 'p000000002', from_name: 'ner', to_name: 'text', type: 'labels', value: { start: 17, end: 22, text: 'Paris', labels: ['Place'] }, score: 0.91 },
        ],
      },
    ],
  },
  long: {
    config: '<View><Labels name="ner" toName="text"><Label value="Person"/><Label value="Place"/></Labels><Text name="text" value="$text"/></View>',
    task: { id: 43, data: { text: Array.from({ length: 4000 }, (_, at) => `${at + 1}. ${TEXT.slice(0, 240).replace(/\n/g, ' ')}`).join('\n') } },
  },
}
