import { isRecord } from './audit-gate.mts';

/** Licences that what is shipped may have. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
]);

/** A package that is bundled into what is shipped. */
export interface Bundled {
  readonly name: string;
  readonly version: string;
}

/** What is wrong with a CycloneDX SBOM: each bundled package in it, at a version of the lockfile, under a licence that is allowed. */
export function sbomProblems(sbom: unknown, bundled: readonly Bundled[], lockfile: unknown): string[] {
  const components =
    isRecord(sbom) && Array.isArray(sbom['components']) ? sbom['components'].filter(isRecord) : [];
  const listed = new Map(components.map((component) => [String(component['bom-ref']), component]));
  const locked = lockedVersions(lockfile);
  if (bundled.length === 0) return ['No package is bundled: that can not be.'];
  return bundled.flatMap(({ name, version }) => {
    const id = `${name}@${version}`;
    const component = listed.get(id);
    if (component === undefined) return [`${id} is bundled, but the SBOM does not list it`];
    if (!locked.has(id)) return [`${id} is bundled, but the lockfile has another version`];
    const licence = licenceOf(component);
    return isAllowed(licence)
      ? []
      : [`${id} has the licence ${licence ?? 'nobody names'}, which is not allowed`];
  });
}

/** `name@version` of every place in a package-lock. */
function lockedVersions(lockfile: unknown): Set<string> {
  const packages = isRecord(lockfile) && isRecord(lockfile['packages']) ? lockfile['packages'] : {};
  return new Set(
    Object.entries(packages).flatMap(([path, entry]) =>
      isRecord(entry)
        ? [`${path.slice(path.lastIndexOf('node_modules/') + 13)}@${String(entry['version'])}`]
        : [],
    ),
  );
}

function licenceOf({ licenses }: Record<string, unknown>): string | undefined {
  const [first] = Array.isArray(licenses) ? licenses.filter(isRecord) : [];
  if (first === undefined) return undefined;
  if (typeof first['expression'] === 'string') return first['expression'];
  const licence = isRecord(first['license']) ? first['license'] : {};
  return typeof licence['id'] === 'string' ? licence['id'] : undefined;
}

/** Of several to choose from one has to be allowed, of several that hold at once all. */
function isAllowed(licence: string | undefined): boolean {
  if (licence === undefined) return false;
  const words = licence.replace(/^\((.*)\)$/u, '$1');
  if (/[()]/u.test(words)) return false;
  return words.split(' OR ').some((choice) => choice.split(' AND ').every((each) => ALLOWED.has(each)));
}

/** What is wrong with the version: the same everywhere, and described in the changelog. */
export function versionProblems(
  version: string,
  { changelog, others }: { readonly changelog: string; readonly others: Readonly<Record<string, unknown>> },
): string[] {
  const described = changelog.split('\n').some((line) => line.startsWith('## ') && line.includes(version));
  return [
    ...(described ? [] : [`CHANGELOG.md has no heading for ${version}`]),
    ...Object.entries(others)
      .filter(([, other]) => other !== version)
      .map(([where, other]) => `${where} says ${String(other)}, package.json ${version}`),
  ];
}
