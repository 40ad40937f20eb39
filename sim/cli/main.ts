/** The command line: so far it can say its version. */
import { version } from '../../package.json' with { type: 'json' };

process.stdout.write(`${version}\n`);
