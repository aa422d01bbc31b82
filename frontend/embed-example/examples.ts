import type { EditorProps } from '@/editor'

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
