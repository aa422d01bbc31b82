// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Column, Json, Task } from '@/api/types'
import { startTexts } from '@/app/i18n'
import { colorFromText } from '@/editor/core/color'
import { installDom } from '@/testing/installDom'
import { makeAnnotation, makeTask } from '@/testing/records'
import { readColumns } from '../columns'
import { linesOf } from '../useDisplay'
import { renderCell, textOf } from './columnCells'
import { excerpt, labelsIn } from './excerpt'
import { colorsOf, shapesOf } from './regionShapes'
import { statusOf } from './StatusCell'
import { TaskCard } from './TaskCard'
import { tableColumns } from './tableColumns'

beforeAll(() => {
  installDom()
  startTexts()
})
afterEach(cleanup)

const people = { nameOf: (id: number) => `Person ${id}`, ids: [] }
const display = { density: 'normal' as const, wraps: false, widths: { id: 99 }, cardWidth: 200 }
const column = (id: string, type: string, parent?: string): Column => ({
  id,
  title: id,
  type,
  target: 'tasks',
  parent,
  project_defined: false,
})
const columns = readColumns(
  [
    column('image', 'Image', 'data'),
    column('sound', 'Audio', 'data'),
    column('text', 'String', 'data'),
    column('meta', 'Unknown', 'data'),
    column('id', 'Number'),
    column('total_annotations', 'Number'),
    column('predictions_score', 'Number'),
    column('annotators', 'List'),
    column('updated_by', 'List'),
    column('draft_exists', 'Boolean'),
    column('completed_at', 'Datetime'),
    column('annotations_results', 'String'),
  ],
  'Status',
)
const info = (id: string) => columns.find((one) => one.id === id) as (typeof columns)[number]
const draw = (node: ReactNode) =>
  render(
    <MantineProvider>
      <div data-testid="drawn">{node}</div>
    </MantineProvider>,
  ).getByTestId('drawn')
const cell = (id: string, fields: Partial<Task>, lines = 1) =>
  draw(renderCell(makeTask(fields), info(id), { height: 56, lines, people }))

it.each([
  [{ is_labeled: true, total_annotations: 1 }, 'done'],
  [{ total_annotations: 1 }, 'started'],
  [{ cancelled_annotations: 1 }, 'skipped'],
  [{}, 'new'],
])('%j is %s', (fields, status) => {
  expect(statusOf(makeTask(fields))).toBe(status)
})

it('cuts long values to one line', () => {
  expect(excerpt('a\n  b\tc')).toBe('a b c')
  expect(excerpt({ a: [1] })).toBe('{"a":[1]}')
  expect(excerpt(null)).toBe('')
  expect(excerpt(0)).toBe('0')
  expect(excerpt('x'.repeat(100_000))).toHaveLength(241)
})

it('finds labels in the excerpt of results', () => {
  const results = '[{value:{x:1,rectanglelabels:[Car]}},{value:{rectanglelabels:[Car, Bus]}},{value:{choices:[Good]}}]'
  expect(labelsIn(results)).toEqual([
    ['Car', 2],
    ['Bus', 1],
    ['Good', 1],
  ])
  expect(labelsIn('[{value:{text:[hello]}}]')).toEqual([])
})

describe('a cell', () => {
  it('shows a small picture made by the server, or the name where there is none', () => {
    const there = cell('data.image', { id: 7, data: { image: '/data/upload/1/a.png' } })
    const picture = there.querySelector('img') as HTMLImageElement
    expect([picture.getAttribute('src'), picture.alt]).toEqual(['/api/tasks/7/thumbnail/?key=image&size=128', 'a.png'])
    fireEvent.error(picture)
    expect(there.textContent).toBe('a.png')
    cleanup()
    expect(cell('data.image', { data: { image: 'https://x.org/b.jpg?c=1' } }).querySelector('img')?.src).toBe(
      'https://x.org/b.jpg?c=1',
    )
  })

  it.each<[string, Partial<Task>, string]>([
    ['data.sound', { data: { sound: '/data/upload/1/a%20b.wav' } }, 'a b.wav'],
    ['data.meta', { data: { meta: { a: 1 } } }, '{"a":1}'],
    ['data.text', { data: {} }, ''],
    ['total_annotations', { total_annotations: 0 }, '–'],
    ['total_annotations', { total_annotations: 3 }, '3'],
    ['predictions_score', { predictions_score: 0.87654 }, '0.877'],
    ['completed_at', { completed_at: null }, '–'],
    ['draft_exists', { draft_exists: false }, '–'],
    ['annotations_results', { annotations_results: '[{value:{choices:[Good]}}]' }, 'Good'],
    ['annotators', { annotators: [] }, '–'],
    ['status', { is_labeled: true }, 'Done'],
  ])('of %s with %j says %s', (id, fields, text) => {
    expect(cell(id, fields).textContent?.trim()).toBe(text)
  })

  it('shows people as faces with names, and says how many more there are', () => {
    cell('annotators', { annotators: [1, 2, 3, 4, 5, 6] })
    expect(screen.getAllByRole('img', { name: /^Person/ })).toHaveLength(4)
    expect(screen.getByText('+2')).toBeTruthy()
  })

  it('wraps text over the lines that fit', () => {
    const long = cell('data.text', { data: { text: 'word '.repeat(200) } }, 3).querySelector('span') as HTMLElement
    expect(long.style.webkitLineClamp).toBe('3')
    expect(linesOf({ ...display, wraps: true, density: 'tall' })).toBe(3)
    expect(linesOf(display)).toBe(1)
  })

  it.each<[string, Partial<Task>, string]>([
    ['data.text', { data: { text: 'a\nb' } }, 'a\nb'],
    ['data.meta', { data: { meta: [1] } }, '[1]'],
    ['annotators', { annotators: [3] }, 'Person 3'],
    ['updated_by', { updated_by: [{ user_id: 2 }] }, 'Person 2'],
    ['completed_at', { completed_at: null }, ''],
    ['total_annotations', { total_annotations: 4 }, '4'],
  ])('of %s is copied as text', (id, fields, text) => {
    expect(textOf(makeTask(fields), info(id), people)).toBe(text)
  })
})

describe('the columns of the table', () => {
  const shown = ['data.text', 'id', 'status', 'data.image'].map(info)
  it('stand in the order that was chosen, with widths that were chosen', () => {
    const { columns: drawn, rowHeight } = tableColumns(shown, ['-tasks:id'], display, people, false)
    expect(drawn.map(({ id, width, sort }) => [id, width, sort])).toEqual([
      ['data.text', 380, undefined],
      ['id', 99, 'descending'],
      ['status', 112, undefined],
      ['data.image', 120, undefined],
    ])
    expect(rowHeight).toBe(56)
  })

  it('beside an open task only id and the first value are left', () => {
    expect(tableColumns(shown, [], display, people, true).columns.map(({ id }) => id)).toEqual(['id', 'data.text'])
    expect(tableColumns([info('id')], [], { ...display, density: 'tall' }, people, false).rowHeight).toBe(72)
  })
})

describe('regions over a small picture', () => {
  const result = (value: Json): Json => ({ type: 'x', value })
  const box = { x: 1, y: 2, width: 3, height: 4, rectanglelabels: ['Car'] }

  it('are drawn from the newest annotation that was not skipped', () => {
    const task = makeTask({
      annotations: [
        makeAnnotation({ result: [result(box)] }),
        makeAnnotation({ result: [result({ ...box, x: 50 })], was_cancelled: true }),
      ],
    })
    expect(shapesOf(task)).toEqual([{ kind: 'box', x: 1, y: 2, width: 3, height: 4, rotation: 0, label: 'Car' }])
  })

  it('know boxes, ellipses, polygons and points, and leave out the rest', () => {
    const values: Json[] = [
      { x: 5, y: 6, radiusX: 2, radiusY: 3, ellipselabels: ['Bus'] },
      {
        points: [
          [0, 0],
          [10, 0],
          [5, 8],
        ],
        polygonlabels: ['Tree'],
      },
      { points: [[0, 0]] },
      { x: 9, y: 8, width: 0.5, keypointlabels: ['Nose'] },
      { choices: ['Good'] },
      null,
    ]
    const task = makeTask({ annotations: [makeAnnotation({ result: [...values.map(result), 'x'] })] })
    expect(shapesOf(task).map((shape) => [shape.kind, shape.label])).toEqual([
      ['ellipse', 'Bus'],
      ['polygon', 'Tree'],
      ['point', 'Nose'],
    ])
  })

  it('have the colors of the config, once the picture is there', () => {
    const config =
      '<View><RectangleLabels><Label value="Car" background="#123456"/><Label value="Bus"/></RectangleLabels></View>'
    expect([...colorsOf(config)]).toEqual([
      ['Car', '#123456'],
      ['Bus', colorFromText('Bus')],
    ])
    expect(colorsOf('<View').size).toBe(0)
    const task = makeTask({ data: { image: 'a.png' }, annotations: [makeAnnotation({ result: [result(box)] })] })
    const card = draw(<TaskCard task={task} columns={columns} colors={colorsOf(config)} size={200} />)
    expect(card.querySelector('svg rect')).toBeNull()
    fireEvent.load(card.querySelector('img') as HTMLImageElement)
    expect(card.querySelector('rect')?.getAttribute('stroke')).toBe('#123456')
  })

  it('a task without a picture shows its beginning', () => {
    const text = columns.filter(({ id }) => id === 'data.text')
    const card = draw(<TaskCard task={makeTask({})} columns={text} colors={new Map()} size={200} />)
    expect(card.textContent).toContain('Text')
  })
})
