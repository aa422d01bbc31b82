import type { RegionRecord, ResultItem } from '../../core/document'
import type { Editor } from '../../core/editor'
import { isList, isObject, type JsonObject, numberOf } from '../../core/json'
import { splitNames } from '../../core/labelConfig'
import type { AnswerProblem } from '../../core/problems'
import { asText } from '../../core/references'
import { isEditable, reshape } from '../../core/regionActions'
import type { Control, TagNode } from '../../core/taskConfig'
import { type Message, messageCodec } from './codec'

const ROLES = ['user', 'assistant', 'system', 'tool', 'developer']

/** Returns the messages of the task. */
export const taskMessages = (node: TagNode): JsonObject[] => (isList(node.data) ? node.data.filter(isObject) : [])

/** Returns the roles in which messages may be added. */
export function rolesOf(node: TagNode): string[] {
  const roles = splitNames(node.attrs.messageRoles)
  return roles.length > 0 ? roles : ROLES
}

/** Returns the text of a message. */
export const contentOf = (message: JsonObject): string => asText(message.content)

/** Tells whether an added message may be changed: all of them, or those of some roles. */
export function mayEdit(editor: Editor, node: TagNode, region: RegionRecord): boolean {
  const { editable } = node.attrs
  if (!isEditable(editor, region) || !editable || editable === 'false') return false
  return editable === 'true' || splitNames(editable).includes(asText((region.shape as Message).chatmessage.role))
}

/** Returns how many messages there may be. */
export const mostMessages = (node: TagNode): number => numberOf(node.attrs.maxMessages) ?? Number.POSITIVE_INFINITY

/** Adds a message; tells whether it was taken. */
export function addMessage(editor: Editor, control: Control, role: string, content: string): boolean {
  const added = addedMessages(editor, control)
  const isFull = taskMessages(control.node).length + added.length >= mostMessages(control.node)
  if (editor.isReadonly || content.trim() === '' || isFull) return false
  const shape: Message = { chatmessage: { role, content, createdAt: editor.now() } }
  const id = editor.newId()
  const item: ResultItem = {
    id,
    from_name: control.name,
    to_name: control.name,
    type: control.type,
    value: messageCodec.encode(shape),
    origin: 'manual',
  }
  editor.change('add message', [
    [
      id,
      null,
      {
        kind: 'region',
        id,
        seq: editor.store.nextSeq(),
        to: control.name,
        family: messageCodec.family,
        shape,
        items: [item],
      },
    ],
  ])
  return true
}

/** Replaces the text of an added message. */
export function changeMessage(editor: Editor, region: RegionRecord, content: string): void {
  const before = (region.shape as Message).chatmessage
  if (content.trim() === '' || content === before.content) return
  editor.mark('edit message')
  reshape(editor, region.id, { chatmessage: { ...before, content } })
}

/** Returns the added messages in their order. */
export const addedMessages = (editor: Editor, control: Control): RegionRecord[] =>
  editor.store.regions().filter((region) => region.to === control.name && region.family === messageCodec.family)

/** Returns what is wrong with the number of messages. */
export function checkMessages(control: Control, regions: readonly RegionRecord[]): AnswerProblem | null {
  const count = taskMessages(control.node).length + regions.length
  const least = numberOf(control.node.attrs.minMessages) ?? 0
  const values = { name: control.name, count, least, most: mostMessages(control.node) }
  if (count < least) return { key: 'chat.few', values }
  return count > mostMessages(control.node) ? { key: 'chat.many', values } : null
}
