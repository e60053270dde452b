// What the window of `npm start` opens on.

/** What to do first in the window. */
export const NEXT = 'Next: open the WorkOS view in the activity bar of the window.';

/** Files of the folder: relative path to content. */
export const WORKSPACE: Readonly<Record<string, string>> = {
  'readme.txt': `The WorkOS extension runs in this window, on the sample account that "npm start" serves.

Open the WorkOS view in the activity bar to browse it, or ask Copilot in agent mode:

  List all organizations in my WorkOS account
  Check the status of SSO connections for 'Acme Corp'
  List all users synced from the directory

Each call is a line in the terminal where "npm start" runs.
`,
};

/** User settings of a new profile. */
export const SETTINGS: Readonly<Record<string, unknown>> = {
  'extensions.autoUpdate': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'readme',
};
