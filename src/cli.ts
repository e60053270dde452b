import { ISOLATE_ARGUMENT } from './isolate/argument.ts';

// The file that runs alone is both the command line and what it isolates: each loads only its own half.
if (process.argv[2] === ISOLATE_ARGUMENT) {
  void import('./isolate/child.ts').then(({ runChild }) => runChild(() => import('./isolate/work.ts')));
} else {
  void import('./cli/run.ts').then(({ run }) => run());
}
