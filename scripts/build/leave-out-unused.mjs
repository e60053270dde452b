/** Modules that libraries drag in and this program never uses. */
const replaced = [
  // Zod's messages in forty languages; English is loaded by name.
  { filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/, contents: 'export {};' },
  // Zod's compiler and its reader of JSON schemas (40 kB), reached only as z.compile and z.fromJSONSchema.
  {
    filter: /[\\/]zod[\\/]v4[\\/]core[\\/]compile\.js$/,
    contents: `export const INVALID = Symbol.for('zod.compile.invalid');
      export class ZodCompileAsyncError extends Error {}
      export class ZodCompileUnsupportedError extends Error {}
      export const compile = undefined, withParser = undefined, compileFn = undefined;`,
  },
  {
    filter: /[\\/]zod[\\/]v4[\\/]classic[\\/]from-json-schema\.js$/,
    contents: 'export const fromJSONSchema = undefined;',
  },
  // The MCP SDK's validator for answers to forms (140 kB with Ajv); src/mcp/confirm.ts reads its one field itself.
  {
    filter: /[\\/]@modelcontextprotocol[\\/]sdk[\\/].*[\\/]validation[\\/]ajv-provider\.js$/,
    contents:
      "export class AjvJsonSchemaValidator { getValidator() { throw new Error('No validator in this bundle.'); } }",
  },
  // The WorkOS SDK's JWT library (60 kB), loaded when an application's own sessions are checked.
  {
    filter: /[\\/]@workos-inc[\\/]node[\\/]lib[\\/]webapi-[\w-]+\.mjs$/,
    contents: "throw new Error('No JWT library in this bundle.');",
  },
];

/** Leaves out what is unused of these packages; throws once there is nothing of it any more. */
export const leaveOutUnusedOf = (...packages) => ({
  name: 'leave-out-unused',
  setup({ onLoad, onEnd }) {
    const seen = new Set();
    const concerned = replaced.filter(({ filter }) => packages.some((name) => filter.source.includes(name)));
    for (const { filter, contents } of concerned) {
      onLoad({ filter }, () => {
        seen.add(filter);
        return { contents, loader: 'js' };
      });
    }
    onEnd(() => {
      for (const { filter } of concerned)
        if (!seen.has(filter)) throw new Error(`Nothing matches ${filter} any more.`);
    });
  },
});
