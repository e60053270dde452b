// Stands in for @vscode/native-watchdog, which needs a compiler: leaves when the parent process is gone.
'use strict';

const PARENT_IS_GONE = 87;
const CHECK_MS = 1000;
let timer;

exports.start = (parent) => {
  timer ??= setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch {
      process.exit(PARENT_IS_GONE);
    }
  }, CHECK_MS);
  timer.unref();
};
exports.exit = (code) => process.exit(code ?? 0);
