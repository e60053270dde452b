import { runCli } from './cli.ts';
import { newFolder } from './audit-files.ts';

/** What the doctor says, as it prints it for programs. */
interface Found {
  readonly name: string;
  readonly status: string;
  readonly found: string;
  readonly fix?: string;
}

/** The built doctor on a state directory and a home of its own. Throws where it leaves a person alone with what is wrong. */
export async function askDoctor(
  env: Readonly<Record<string, string>> = {},
  ...flags: readonly string[]
): Promise<{ code: number | null; output: string; of: (name: string) => readonly Found[] }> {
  const places = { WORKOS_MCP_HOME: newFolder(), HOME: newFolder() };
  const { code, stdout, stderr } = await runCli(['doctor', '--json', ...flags], {
    env: { ...places, ...env },
  });
  const { findings } = JSON.parse(stdout) as { findings: Found[] };
  const helpless = findings.filter(({ status, fix = '' }) => /warn|fail/u.test(status) && fix === '');
  if (helpless.length > 0) throw new Error(`Nothing is said to do about: ${JSON.stringify(helpless)}`);
  return { code, output: stdout + stderr, of: (name) => findings.filter((each) => each.name === name) };
}
