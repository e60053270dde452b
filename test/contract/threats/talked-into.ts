import { threat } from './line.ts';

const APPROVE = 'src/gateway/approve.ts';
const APPROVALS = 'src/access/approvals.ts';
const POLICY = 'src/gateway/policy.ts';
const APPROVE_TEST = 'test/unit/gateway/approve.test.ts';
const APPROVALS_TEST = 'test/unit/access/approvals.test.ts';
const POLICY_TEST = 'test/unit/gateway/policy.test.ts';
const BOUND = '{ environment: environment.id, tool, session, arguments: input }';

export const talkedInto = threat('an agent is talked into a change', [
  [
    'a change right after text of a tenant was read',
    [APPROVE, 'if (outcome.untrusted === true) options.taint.add(caller.session);', ''],
    [APPROVE_TEST, 'an agent’s change > under after-untrusted, third parties’ text read: true'],
  ],
  [
    'the same over the protocol',
    ['src/gateway/gateway.ts', 'approve: approve(options.approve),', ''],
    ['test/contract/taint.test.ts', 'what an agent reads of third parties'],
  ],
  [
    'the text came in an error',
    ['src/gateway/defuse.ts', '|| !isQuoting(thrown, said())', '|| true'],
    ['test/unit/gateway/defuse.test.ts', 'the step > tells it of errors that quote'],
  ],
  [
    'a change though each takes a yes',
    [APPROVE, 'if (change !== undefined && isNeeded(options, caller.session))', 'if (false)'],
    [APPROVE_TEST, 'an agent’s change > under always, third parties’ text read: false'],
  ],
  [
    'other arguments than the person approved',
    [APPROVALS, BOUND, '{ environment: environment.id, tool, session }'],
    [APPROVALS_TEST, 'a yes > does not hold for a changed argument'],
  ],
  [
    'another environment of the same name',
    [APPROVALS, BOUND, '{ tool, session, arguments: input }'],
    [APPROVALS_TEST, 'a yes > does not hold for another environment'],
  ],
  [
    'the session of another agent',
    [APPROVALS, BOUND, '{ environment: environment.id, tool, arguments: input }'],
    [APPROVALS_TEST, 'a yes > does not hold for another session'],
  ],
  [
    'a yes used twice',
    [APPROVALS, 'entries.filter((entry) => entry !== found)', 'entries'],
    [APPROVALS_TEST, 'a yes > holds once'],
  ],
  [
    'a yes of long ago',
    [APPROVALS, ' && now < created + APPROVAL_MS', ''],
    [APPROVALS_TEST, 'a yes > ends with its time'],
  ],
  [
    'so many questions that the person says yes to all',
    [APPROVALS, '>= MOST_OPEN', '>= 1e9'],
    [APPROVALS_TEST, 'an agent can not flood the person'],
  ],
  [
    'arguments in which something is not seen',
    ['src/access/shown-arguments.ts', '.replace(HIDDEN, escaped)', ''],
    ['test/unit/access/shown-arguments.test.ts', 'a right-to-left override is seen'],
  ],
  [
    'an agent that answers the question at a terminal of its own',
    ['src/cli/approve-command.ts', 'if (!isTerminal()) {', 'if (false) {'],
    ['test/contract/approvals.test.ts', 'an agent whose client can not ask > can not answer by itself'],
  ],
  [
    'a tool that changes the account where only reading is allowed',
    [
      POLICY,
      'const { tool, caller, confirm } = call;\n    refuse(policy(), tool, caller);',
      'const { tool, caller, confirm } = call;',
    ],
    [POLICY_TEST, 'read-only > refuses the create tool'],
  ],
  [
    'a yes that comes when changes are not allowed any more',
    [POLICY, 'if (yes) refuse(policy(), tool, caller);', ''],
    [POLICY_TEST, 'a yes that comes late > does not count'],
  ],
]);
