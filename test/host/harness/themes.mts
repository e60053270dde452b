// The looks of VS Code that pictures are taken in.

/** The looks every picture is taken in. */
export const THEMES = {
  light: 'Light 2026',
  dark: 'Dark 2026',
  'high-contrast': 'Default High Contrast',
} as const;
export type Theme = keyof typeof THEMES;

/** The class of the workbench under each theme. */
export const THEME_CLASS: Record<Theme, string> = {
  light: 'vs',
  dark: 'vs-dark',
  'high-contrast': 'hc-black',
};
