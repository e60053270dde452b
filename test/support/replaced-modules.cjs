// What an editor does to Node's modules before it loads an extension: the functions are replaced in place, so that
// `node:https` has the replacements, too. Here they fail; the classes are what they were.
'use strict';
const replaced = (name) => () => {
  throw new Error(`${name} was replaced`);
};
for (const [module, names] of [
  ['http', ['request', 'get']],
  ['https', ['request', 'get']],
  ['net', ['connect']],
]) {
  const target = require(module);
  for (const name of names) target[name] = replaced(`${module}.${name}`);
}
globalThis.fetch = replaced('fetch');
