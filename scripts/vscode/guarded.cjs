// `node guarded.cjs PID PROGRAM …` runs the program as leader of its process group, and ends the group when process PID,
// which started it, is gone: also when that was killed and could not do it itself.
'use strict';

const CHECK_MS = 500;
const [, , parent, program] = process.argv;

setInterval(() => {
  if (process.ppid !== Number(parent)) process.kill(0, 'SIGKILL');
}, CHECK_MS).unref();
process.argv.splice(1, 2);
require(program);
