import auth from './auth.json'
import common from './common.json'
import connections from './connections.json'
import dashboard from './dashboard.json'
import data from './data.json'
import people from './people.json'
import projects from './projects.json'
import settings from './settings.json'
import table from './table.json'

/** Every text of the pages in English. */
export const en = {
  ...common,
  ...auth,
  ...projects,
  ...data,
  ...table,
  ...settings,
  ...connections,
  ...dashboard,
  ...people,
}
