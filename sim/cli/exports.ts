/** What `export` can make of a run, each a switch of its own. */
export const EXPORTS = ['html', 'perfetto', 'markdown', 'csv', 'json', 'yaml'] as const;
