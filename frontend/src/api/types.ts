/** Shapes of the HTTP API, by its contract. */
export type Role = 'owner' | 'administrator' | 'manager' | 'reviewer' | 'annotator'
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export interface UserSimple {
  id: number
  first_name: string
  last_name: string
  email: string
  avatar: string | null
}

export interface User extends UserSimple {
  username: string
  last_activity: string | null
  initials: string
  phone: string
  active_organization: number | null
  active_organization_meta?: { title: string; email: string }
  custom_hotkeys: Record<string, { key: string; active?: boolean }>
  date_joined: string
}

export interface Whoami extends User {
  permissions: string[]
  role: Role
}

export interface Setup {
  needs_owner: boolean
  needs_code: boolean
  open_signup: boolean
  product: string
  version: string
}

export interface Page<T> {
  count: number
  next: string | null
  previous: string | null
  results: T[]
}

export interface Project {
  id: number
  title: string
  description: string
  label_config: string
  expert_instruction: string
  show_instruction: boolean
  show_skip_button: boolean
  enable_empty_annotation: boolean
  show_annotation_history: boolean
  show_collab_predictions: boolean
  reveal_preannotations_interactively: boolean
  color: string
  maximum_annotations: number
  show_overlap_first?: boolean
  annotator_evaluation_enabled?: boolean
  sampling: string
  skip_queue: string
  model_version: string
  created_by: UserSimple | null
  created_at: string
  pinned_at: string | null
  task_number: number | null
  finished_task_number: number | null
  total_annotations_number: number | null
  total_predictions_number: number | null
  skipped_annotations_number: number | null
  num_tasks_with_annotations: number | null
  queue_total: number | null
  queue_done: number | null
  config_has_control_tags: boolean
}

export type ProjectFields = Partial<
  Omit<Project, 'id' | 'created_by' | 'created_at' | 'task_number' | 'finished_task_number' | 'config_has_control_tags'>
>

export interface Template {
  id: string
  title: string
  group: string
  type: string
  order?: number | null
  image: string
  details: string
  config: string
  sample_data: Json
}

export interface ConfigProblem {
  severity: 'error' | 'warning'
  code: string
  message: string
  line: number
  column: number
  tag: string
  attribute: string
}

export interface ConfigCheck {
  problems: ConfigProblem[]
  sample_task: Record<string, Json> | null
  config_has_control_tags: boolean
  breaks: { message: string; count: number }[]
}

export interface ConfigVersion {
  id: number
  number: number
  label_config: string
  created_at: string
  created_by: UserSimple | null
  annotation_count: number
}

export interface Annotation {
  id: number
  result: Json[]
  created_username: string
  created_ago: string
  completed_by: number | UserSimple | null
  was_cancelled: boolean
  ground_truth: boolean
  created_at: string
  updated_at: string
  lead_time: number | null
  task: number
  project: number
  parent_prediction: number | null
  parent_annotation: number | null
}

export interface AnnotationVersion {
  number: number
  result: Json[]
  action: string
  created_at: string
  created_by: UserSimple | null
  config_version: number | null
  lead_time: number | null
  was_cancelled: boolean
  ground_truth: boolean
}

export interface Draft {
  id: number
  user: string
  result: Json[]
  lead_time: number | null
  was_postponed: boolean
  created_at: string
  updated_at: string
  task: number
  annotation: number | null
}

export interface Prediction {
  id: number
  result: Json[]
  model_version: string
  score: number | null
  created_at: string
  updated_at: string
  task: number
}

export interface Task {
  id: number
  data: Record<string, Json>
  meta: Record<string, Json> | null
  created_at: string
  updated_at: string
  is_labeled: boolean
  inner_id: number
  overlap: number
  total_annotations: number
  cancelled_annotations: number
  total_predictions: number
  project: number
  file_upload: string | number | null
  annotations: Annotation[]
  predictions: Prediction[]
  drafts: Draft[]
  queue?: string
  annotators?: number[]
  updated_by?: { user_id: number }[] | number | null
  completed_at?: string | null
  annotations_results?: string
  predictions_results?: string
  predictions_score?: number | null
  predictions_model_versions?: string
  annotations_ids?: string
  avg_lead_time?: number | null
  storage_filename?: string | null
  draft_exists?: boolean
}

export interface TaskPage {
  total: number
  total_annotations: number
  total_predictions: number
  /** False while only a lower bound is known. */
  total_is_exact?: boolean
  tasks: Task[]
}

export interface Column {
  id: string
  title: string
  type: string
  target: string
  parent?: string
  children?: string[]
  help?: string
  schema?: { items: (string | number)[]; multiple?: boolean }
  visibility_defaults?: { explore: boolean; labeling: boolean }
}

export interface View {
  id: number
  data: { [key: string]: unknown }
  order: number
  user: number | null
  project: number
  is_private?: boolean
}

export type JobState = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled'

export interface Job {
  id: number | string
  kind: string
  project: number | null
  state: JobState
  progress: { done: number; total: number | null; unit: string }
  error: string | null
  error_count: number
  result: Record<string, Json> | null
  created_at: string
  started_at: string | null
  finished_at: string | null
}

export interface RowError {
  where: string
  field: string
  reason: string
}

export interface ExportFormat {
  name: string
  title: string
  description: string
  disabled?: boolean
  carries?: string
  loses?: string
}

export interface ExportSnapshot {
  id: number
  title: string
  created_by: UserSimple | null
  created_at: string
  finished_at: string | null
  status: 'created' | 'in_progress' | 'failed' | 'completed'
  md5: string
  counters: { task_number?: number } | null
  converted_formats: { id: number; status: string; export_type: string }[]
  job?: number | string | null
  export_type?: string | null
}

export interface Member {
  id: number
  organization: number
  role: Role
  user: User
  created_at?: string
}

export interface ProjectMember {
  user: UserSimple
  role: Role
}

export interface Invitation {
  id: number
  role: Role
  email: string | null
  url?: string
  token?: string
  expires_at: string | null
  created_at: string
}

export interface AuditEntry {
  id: number
  at: string
  actor: { id: number; email: string } | null
  actor_kind: string
  ip: string | null
  action: string
  object_type: string
  object_id: string
  project: number | null
  details: Json
}

export interface TrashEntry {
  id: number
  kind: 'project' | 'task' | 'annotation' | 'view'
  title: string
  count: number
  project: { id: number; title: string } | null
  deleted_at: string
  deleted_by: UserSimple | null
  erases_at: string | null
}

export interface AccessToken {
  id: number | string
  token: string
  name: string
  created_at: string
  expires_at: string | null
  last_used_at: string | null
}

export interface LegacyToken {
  exists: boolean
  prefix: string | null
  created_at: string | null
}
