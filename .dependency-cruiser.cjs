/** Who may import whom: model <- trace <- engine <- mechanisms <- index, analysis, exchange <- cli; viz sees index only. */

/** A layer of sim/ and the layers it may import from. */
const layer = (name, below) => ({
  name: `${name}-imports-what-is-below`,
  comment: `sim/${name} may import ${below.length > 0 ? below.map((other) => `sim/${other}`).join(', ') : 'nothing else'} of sim.`,
  severity: 'error',
  from: { path: `^sim/${name}/` },
  to: { path: '^sim/', pathNot: `^sim/(${[name, ...below].join('|')})/` },
});

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    layer('model', []),
    layer('trace', ['model']),
    layer('engine', ['model', 'trace']),
    layer('mechanisms', ['model', 'trace', 'engine']),
    forbid(
      'mechanisms-do-not-meet',
      'One mechanism never imports another: they meet in facts only. Only sim/mechanisms/index.ts imports them all.',
      { path: '^sim/mechanisms/(?!index\\.ts$)([^/.]+)' },
      { path: '^sim/mechanisms/', pathNot: '^sim/mechanisms/$1(\\.ts$|/)' },
    ),
    forbid(
      'cli-is-above-all',
      'Nothing imports the command line but itself and the tests.',
      { pathNot: '^(sim/cli|test)/' },
      { path: '^sim/cli/' },
    ),
    forbid(
      'viz-imports-the-public-index',
      'The replay imports the simulator only through sim/index.ts.',
      { path: '^viz/' },
      { path: '^sim/', pathNot: '^sim/index\\.ts$' },
    ),
    forbid('sim-knows-no-viz', 'The simulator knows nothing of the replay.', { path: '^sim/' }, { path: '^viz/' }),
    forbid(
      'sim-has-no-dom',
      'The simulator draws nothing.',
      { path: '^sim/' },
      { path: 'node_modules/(d3|@fontsource)' },
    ),
    forbid('nothing-imports-tests', 'Nothing but tests imports tests.', { pathNot: '^test/' }, { path: '^test/' }),
    forbid(
      'node-only-in-cli',
      'Files, clocks and processes are for sim/cli: the rest runs in a browser too.',
      { path: '^(sim|viz)/', pathNot: '^sim/cli/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'no-cycles',
      'Of two files that need each other, a third holds what both need.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid('nothing-unresolved', 'What is imported must be there.', {}, { couldNotResolve: true }),
    forbid(
      'no-dev-packages-shipped',
      'What sim and viz use at run time belongs into "dependencies".',
      { path: '^(sim|viz)/' },
      {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: '/@types/',
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    builtInModules: { add: [] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
