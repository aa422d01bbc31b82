import { shellMessages } from './messages.shell.en'

/** The editor's texts in English; those of tags stand here. */
export const messages = {
  tools: {
    move: 'Select and move',
    pan: 'Pan',
    rectangle: 'Rectangle',
    rectangle3: 'Rectangle by three points',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Fit to view',
    actual: 'Actual size',
    rotateLeft: 'Rotate left',
    rotateRight: 'Rotate right',
    cancel: 'Cancel drawing',
    underPointer: 'Select the next region under the pointer',
  },
  image: {
    tools: 'Image tools',
    canvas: 'Image {{name}}',
    brightness: 'Brightness',
    contrast: 'Contrast',
    pages: 'Pages',
    page: '{{page}} of {{count}}',
    previous: 'Previous image',
    next: 'Next image',
  },
  labels: {
    group: 'Labels {{name}}',
    blank: 'blank',
    maxUsages: 'You can’t use “{{label}}” more than {{count}} times.',
  },
  choices: {
    select: 'Select…',
    none: 'Nothing found',
    remove: 'Remove {{name}}',
    fold: 'Show or hide what is under {{name}}',
  },
  rating: { stars_one: '{{count}} star', stars_other: '{{count}} stars' },
  textarea: {
    add: 'Add',
    edit: 'Edit',
    delete: 'Delete entry',
    duplicate: 'This text was entered already.',
    count: '{{chars}} characters · {{count}} entries',
  },
  objects: {
    text: 'Text {{name}}',
    image: 'Image {{name}}',
    loading: 'Loading…',
    empty: 'This task has no data here.',
    failed: 'The data for “{{attribute}}” could not be loaded.',
    failedForeign: 'Check that the address is right and that its server allows requests from this page (CORS).',
    failedHere: 'Check that the file exists and that the address in the task is right.',
  },
  notices: {
    notYet: '{{tag}} is not available in this editor yet. Its results stay untouched.',
    unknown: 'There is no tag {{tag}}.',
  },
  ...shellMessages,
} as const
