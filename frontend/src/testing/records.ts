import type { Annotation, Project, Task, Whoami } from '@/api/types'

const AT = '2026-11-20T10:00:00.000000Z'

/** Returns the person who is logged in. */
export const makeWhoami = (fields: Partial<Whoami>): Whoami => ({
  id: 1,
  first_name: 'Ada',
  last_name: 'Byron',
  email: 'ada@example.org',
  username: 'ada@example.org',
  avatar: null,
  initials: 'AB',
  phone: '',
  last_activity: AT,
  active_organization: 1,
  custom_hotkeys: {},
  date_joined: AT,
  permissions: [],
  role: 'owner',
  ...fields,
})

/** Returns a project as the API gives it. */
export const makeProject = (fields: Partial<Project>): Project => ({
  id: 1,
  title: 'Reviews',
  description: '',
  label_config: '<View><Text name="text" value="$text"/></View>',
  expert_instruction: '',
  show_instruction: false,
  show_skip_button: true,
  enable_empty_annotation: true,
  show_annotation_history: false,
  show_collab_predictions: true,
  reveal_preannotations_interactively: false,
  color: '#FFFFFF',
  maximum_annotations: 1,
  sampling: 'Sequential sampling',
  skip_queue: 'REQUEUE_FOR_OTHERS',
  model_version: '',
  created_by: null,
  created_at: AT,
  pinned_at: null,
  task_number: 0,
  finished_task_number: 0,
  total_annotations_number: 0,
  total_predictions_number: 0,
  skipped_annotations_number: 0,
  num_tasks_with_annotations: 0,
  queue_total: 0,
  queue_done: 0,
  config_has_control_tags: false,
  ...fields,
})

/** Returns a task as the API gives it. */
export const makeTask = (fields: Partial<Task>): Task => ({
  id: 1,
  data: { text: 'Text' },
  meta: {},
  created_at: AT,
  updated_at: AT,
  is_labeled: false,
  inner_id: 1,
  overlap: 1,
  total_annotations: 0,
  cancelled_annotations: 0,
  total_predictions: 0,
  project: 1,
  file_upload: null,
  annotations: [],
  predictions: [],
  drafts: [],
  ...fields,
})

/** Returns an annotation as the API gives it. */
export const makeAnnotation = (fields: Partial<Annotation>): Annotation => ({
  id: 1,
  result: [],
  created_username: ' Ada Byron ada@example.org, 1',
  created_ago: '1 minute',
  completed_by: 1,
  was_cancelled: false,
  ground_truth: false,
  created_at: AT,
  updated_at: AT,
  lead_time: null,
  task: 1,
  project: 1,
  parent_prediction: null,
  parent_annotation: null,
  ...fields,
})
