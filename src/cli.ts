import { main } from './cli/main.ts';
import { exit, tolerateClosedOutput } from './cli/process.ts';

tolerateClosedOutput();
void main(process.argv.slice(2)).then(exit);
