export { ChoicesTag } from './ChoicesTag'
export { ChoiceTag } from './ChoiceTag'
