import type { EditorProps } from '@/editor'

type Example = Pick<EditorProps, 'config' | 'task'> & Partial<EditorProps>

const STORED = { completed_by: 1, created_at: '2026-01-05T10:00:00Z', updated_at: '2026-01-05T10:00:00Z' }

const HTML = `<h2>Press release</h2><p>The <b>National Library</b> opens its <i>new reading room</i> in Geneva on <a href="https://example.org">1 March</a>. 👋</p>
<table border="1" cellpadding="6"><tr><th>Room</th><th>Seats</th></tr><tr><td>Atlas</td><td>120</td></tr><tr><td>Codex</td><td>64</td></tr></table>
<p dir="rtl">المكتبة الوطنية تفتح قاعة جديدة</p><p>国立図書館は新しい閲覧室を開く。</p><script>document.body.remove()</script>`

const PHRASES = [
  { author: 'Ann', text: 'Hi Bob, did the samples from Nairobi arrive?', start: 0, end: 2.5 },
  { author: 'Bob', text: 'They came on Tuesday. Two of the boxes were open, though, and one label was gone.', start: 2.5, end: 7 },
  { author: 'Ann', text: 'I will call the carrier. 👍', start: 7, end: 9 },
  { author: 'Dr. Okafor', text: 'Please keep the open ones apart until we have weighed them.', start: 9, end: 13 },
]

/** A document of some pages, written here so that the example needs no network. */
function pdf(pages: number): string {
  const objects: string[] = ['<< /Type /Catalog /Pages 2 0 R >>', '']
  const kids: string[] = []
  const font = 3
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>')
  for (let page = 1; page <= pages; page += 1) {
    const lines = Array.from({ length: 22 }, (_, at) => `(Line ${at + 1} of page ${page}: invoice position ${at * 7 + page}) Tj T*`)
    const content = `BT /F1 24 Tf 60 770 Td (Invoice, page ${page}) Tj /F1 12 Tf 26 TL T* ${lines.join(' ')} ET`
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`)
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${objects.length} 0 R /Resources << /Font << /F1 ${font} 0 R >> >> >>`)
    kids.push(`${objects.length} 0 R`)
  }
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages} >>`
  let text = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
    return String(place).padStart(10, '0')
  })
  const end = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${place} 00000 n \n`).join('')}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${end}\n%%EOF`
  return `data:application/pdf;base64,${btoa(text)}`
}

const LETTERS = 'The quick brown fox jumps over the lazy dog while a patient annotator marks every name in the long report. '

/** A text of about so many characters with spans spread over it. */
function longText(characters: number, spans: number): Example {
  const line = LETTERS.repeat(3).trimEnd()
  const text = Array.from({ length: Math.ceil(characters / (line.length + 1)) }, () => line).join('\n')
  const step = Math.floor(text.length / spans)
  const result = Array.from({ length: spans }, (_, at) => ({
    id: `span${String(at).padStart(6, '0')}`,
    from_name: 'ner',
    to_name: 'text',
    type: 'labels',
    origin: 'manual',
    value: { start: at * step, end: at * step + 9 + (at % 20), labels: [['Person', 'Place', 'Thing'][at % 3] as string] },
  }))
  return {
    config:
      '<View><Labels name="ner" toName="text"><Label value="Person"/><Label value="Place"/><Label value="Thing"/></Labels><Text name="text" value="$text" saveTextResult="no"/></View>',
    task: { id: characters, data: { text } },
    annotations: [{ id: 30, result, ...STORED }],
  }
}

const tree = (depth: number, width: number, name: string): { value: string; children?: object[] }[] =>
  Array.from({ length: width }, (_, at) => {
    const value = `${name}${at + 1}`
    return depth === 0 ? { value } : { value, children: tree(depth - 1, width, `${value}.`) }
  })

const span = (id: string, from: string, to: string, type: string, value: object) => ({ id, from_name: from, to_name: to, type, value, origin: 'manual' })

/** One task for each kind of object but pictures and plain text. */
export const OBJECT_EXAMPLES: Readonly<Record<string, Example>> = {
  html: {
    config: `<View><HyperTextLabels name="ner" toName="html"><Label value="Organization" background="#8b3aa8"/><Label value="Place" background="#1a7347"/><Label value="Date" background="#c85a11"/></HyperTextLabels>
      <HyperText name="html" value="$html"/></View>`,
    task: { id: 50, data: { html: HTML } },
    annotations: [
      {
        id: 21,
        ...STORED,
        result: [
          span('html000001', 'ner', 'html', 'hypertextlabels', { start: '/p[1]/b[1]/text()[1]', startOffset: 0, end: '/p[1]/i[1]/text()[1]', endOffset: 16, globalOffsets: { start: 17, end: 60 }, text: 'National Library opens its new reading room', hypertextlabels: ['Organization'] }),
          span('html000002', 'ner', 'html', 'hypertextlabels', { start: '/p[1]/text()[3]', startOffset: 4, end: '/p[1]/text()[3]', endOffset: 10, globalOffsets: { start: 64, end: 70 }, text: 'Geneva', hypertextlabels: ['Place'] }),
          span('html000003', 'ner', 'html', 'hypertextlabels', { start: '/p[2]/text()[1]', startOffset: 8, end: '/p[2]/text()[1]', endOffset: 15, text: 'الوطنية', hypertextlabels: ['Organization'] }),
          span('html000004', 'ner', 'html', 'hypertextlabels', { start: '/p[3]/text()[1]', startOffset: 0, end: '/p[3]/text()[1]', endOffset: 5, text: '国立図書館', hypertextlabels: ['Organization'] }),
        ],
      },
    ],
    settings: { showRegionLabels: true },
  },
  dialogue: {
    config: `<View><ParagraphLabels name="act" toName="talk"><Label value="Question" background="#2f5fd8"/><Label value="Problem" background="#d94f30"/></ParagraphLabels>
      <Paragraphs name="talk" value="$talk" layout="dialogue"/></View>`,
    task: { id: 51, data: { talk: PHRASES } },
    annotations: [
      {
        id: 22,
        ...STORED,
        result: [
          span('talk000001', 'act', 'talk', 'paragraphlabels', { start: '0', end: '0', startOffset: 8, endOffset: 44, text: 'did the samples from Nairobi arrive?', paragraphlabels: ['Question'] }),
          span('talk000002', 'act', 'talk', 'paragraphlabels', { start: '1', end: '2', startOffset: 22, endOffset: 24, text: 'Two of the boxes were open, though, and one label was gone.\nI will call the carrier.', paragraphlabels: ['Problem'] }),
        ],
      },
    ],
  },
  chat: {
    config: `<View><Chat name="chat" value="$messages" toName="chat" messageRoles="user,assistant" editable="true"/>
      <Choices name="helpful" toName="chat" perRegion="true" layout="inline"><Choice value="Helpful"/><Choice value="Not helpful"/></Choices></View>`,
    task: { id: 52, data: { messages: [{ role: 'user', content: 'How do I cite a map?' }, { role: 'assistant', content: 'Name the maker, the title, the scale and the year.' }] } },
    annotations: [{ id: 23, ...STORED, result: [span('chat000001', 'chat', 'chat', 'chatmessage', { chatmessage: { role: 'user', content: 'And an atlas?', createdAt: 1757612363718 } })] }],
  },
  pdf: {
    config: `<View><OcrLabels name="field" toName="pdf"><Label value="Heading"/><Label value="Amount"/></OcrLabels><Pdf name="pdf" value="$pdf"/><Choices name="kind" toName="pdf" layout="inline"><Choice value="Invoice"/><Choice value="Letter"/></Choices></View>`,
    task: { id: 53, data: { pdf: pdf(4) } },
  },
  table: {
    config: `<View><Collapse><Panel value="How to"><Markdown>Read the **table**, then rank the *rooms*.</Markdown></Panel></Collapse><Table name="table" value="$rows"/>
      <List name="rooms" value="$rooms" title="Rooms"/><Ranker name="rank" toName="rooms"><Bucket name="good" title="Good"/><Bucket name="bad" title="Bad"/></Ranker></View>`,
    task: {
      id: 54,
      data: {
        rows: [{ room: 'Atlas', seats: 120, quiet: true }, { room: 'Codex', seats: 64, quiet: false }, { room: 'Folio', seats: 18 }],
        rooms: [{ id: 'a', title: 'Atlas', body: 'Large, bright' }, { id: 'b', title: 'Codex', body: 'Near the door' }, { id: 'c', title: 'Folio', html: 'By <b>arrangement</b>' }],
      },
    },
    annotations: [{ id: 24, ...STORED, result: [span('rank000001', 'rank', 'rooms', 'ranker', { ranker: { _: ['b'], good: ['c', 'a'], bad: [] } })] }],
  },
  pair: {
    config: `<View><View style="display:flex;gap:12px;flex-wrap:wrap"><Text name="left" value="$a"/><Text name="right" value="$b"/></View><Pairwise name="better" toName="left,right"/></View>`,
    task: { id: 55, data: { a: 'The library opens at nine.', b: 'At nine, the library, it opens.' } },
    annotations: [{ id: 25, ...STORED, result: [span('pair000001', 'better', 'better', 'pairwise', { selected: 'left' })] }],
  },
  controls: {
    config: `<View><Text name="text" value="$text"/>
      <Header value="Subject" size="5"/><Taxonomy name="subject" toName="text" value="$tree" showFullPath="true" maxUsages="3"/>
      <Header value="Pages" size="5"/><Number name="pages" toName="text" min="1" max="900" step="1"/>
      <Header value="Certainty" size="5"/><Number name="sure" toName="text" min="0" max="1" step="0.1" slider="true"/>
      <Header value="Borrowed" size="5"/><DateTime name="borrowed" toName="text"/>
      <Header value="Printed" size="5"/><DateTime name="printed" toName="text" only="month,year"/>
      <Filter name="find" toName="words" minLength="1"/><Choices name="words" toName="text" layout="inline" choice="multiple"><Choice value="Map"/><Choice value="Atlas"/><Choice value="Globe"/></Choices></View>`,
    task: { id: 56, data: { text: 'Atlas of the northern rivers, second edition.', tree: tree(3, 10, 'Class ') } },
    annotations: [
      {
        id: 26,
        ...STORED,
        result: [
          span('ctrl000001', 'subject', 'text', 'taxonomy', { taxonomy: [['Class 1', 'Class 1.2'], ['Class 3']] }),
          span('ctrl000002', 'pages', 'text', 'number', { number: 212 }),
          span('ctrl000003', 'borrowed', 'text', 'datetime', { datetime: '2026-02-09T13:05' }),
        ],
      },
    ],
  },
  get text217k() {
    return longText(217_000, 1000)
  },
  get text1m() {
    return longText(1_000_000, 5000)
  },
}
