// What an editor does to Node's modules before it loads an extension: the functions are replaced in place, so that
// `node:https` has the replacements, too. Here they fail; the classes are what they were.
'use strict';
const replaced = (name) => () => {
  throw new Error(`${name} was replaced`);
};
const replace = (name, functions) => {
  const target = require(name);
  for (const each of functions) target[each] = replaced(`${name}.${each}`);
};
replace('http', ['request', 'get']);
replace('https', ['request', 'get']);
replace('net', ['connect']);
globalThis.fetch = replaced('fetch');
