import { type CommandServices, type Handlers, subjectOf } from './services.ts';

type Names =
  | 'openDetails'
  | 'refreshDetails'
  | 'securityEvents'
  | 'filterEvents'
  | 'exportEvents'
  | 'exportRoster'
  | 'findPerson'
  | 'showLog'
  | 'reportIssue';

/** Commands that read the account and show or save what they found. */
export function readCommands({ details, log }: CommandServices): Handlers<Names> {
  return {
    openDetails: (node) => {
      const subject = subjectOf(node);
      return subject && details.open(subject);
    },
    refreshDetails: () => undefined,
    securityEvents: () => undefined,
    filterEvents: () => undefined,
    exportEvents: () => undefined,
    exportRoster: () => undefined,
    findPerson: () => undefined,
    showLog: () => log.show(),
    reportIssue: () => undefined,
  };
}
