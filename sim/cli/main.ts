/** The entry: says its version at once, and loads everything else only when it is needed. */
import { version } from '../../package.json' with { type: 'json' };

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) process.stdout.write(`${version}\n`);
// Not awaited here: what is loaded takes the version from this very file, and would wait for it in vain.
else void import('./terminal.ts').then(({ main }) => main(argv));
