/** Order, high to low: app > pages > api | editor/shell > editor/tags > editor/engines > editor/core; ui is a leaf. */
// Tests may import anything.
const TESTS = '\\.test\\.tsx?$'
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { path: from, pathNot: TESTS }, to: { path: to } })
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    forbid('pages-below-app', '^src/pages', '^src/app/(main|router|providers)', 'pages do not know the app'),
    forbid('api-knows-no-page', '^src/api', '^src/(app|pages|editor)', 'the API layer serves pages'),
    forbid('ui-is-a-leaf', '^src/ui', '^src/(app|api|pages|editor)', 'no domain words, no server'),
    forbid('editor-knows-no-server', '^src/editor', '^src/(app|api|pages)', 'the editor is embeddable'),
    forbid('tags-below-shell', '^src/editor/tags', '^src/editor/shell', 'tags do not know the shell'),
    forbid('engines-below-tags', '^src/editor/engines', '^src/editor/(shell|tags)', 'engines do not know tags'),
    forbid('core-is-pure', '^src/editor/core', '^src/editor/(shell|tags|engines)', 'core knows nothing above'),
    forbid('core-no-react', '^src/editor/core', 'node_modules/(react|@mantine)', 'core has no React'),
    { name: 'tags-are-strangers', severity: 'error', from: { path: '^src/editor/tags/([^/]+)/', pathNot: TESTS }, to: { path: '^src/editor/tags/([^/]+)/', pathNot: '^src/editor/tags/$1/' } },
  ],
  options: {
    exclude: { path: '\\.test\\.tsx?$|^src/editor/testing/' }, // tests may import anything
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
}
