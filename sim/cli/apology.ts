/** What people are told when netfall itself is wrong. */
import { version } from '../../package.json' with { type: 'json' };

/** Short, unless NETFALL_DEBUG asks for the stack. */
export function apology(error: unknown, env: NodeJS.ProcessEnv = process.env): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = env.NETFALL_DEBUG && error instanceof Error && error.stack ? error.stack : what;
  const machine = `netfall ${version}, Node ${process.versions.node}, ${process.platform}`;
  return (
    `Sorry, this is a bug in netfall, not in your file:\n\n  ${stack.replaceAll('\n', '\n  ')}\n\n` +
    `Please report it with the command, the file, and this: ${machine}.\n` +
    (env.NETFALL_DEBUG ? '' : 'With NETFALL_DEBUG=1 before the command it also says where in our code.\n')
  );
}
