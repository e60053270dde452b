// What a person does who has no mouse: types, looks at what is marked, and presses Enter.
import { until } from '../../harness/tests.mts';
import type { Workbench } from '../../harness/workbench.mts';

/** Waits for the box with this in its title and the focus in it; a picker that closes may still be there. */
export async function box({ quickInput }: Workbench, title: string): Promise<void> {
  const input = quickInput.locator('.quick-input-box input');
  await until(`a box "${title}"`, async () => {
    const shown = await quickInput.locator('.quick-input-title').allInnerTexts();
    if (!shown.join().includes(title)) return false;
    const hasFocus = input.evaluate((element) => element === element.ownerDocument.activeElement, undefined, {
      timeout: 500,
    });
    return hasFocus.catch(() => false);
  });
}

/** Chooses an entry of the box of this title: by its first words, then Enter once it is the marked one. */
export async function choose(workbench: Workbench, title: string, entry: string): Promise<void> {
  await box(workbench, title);
  await workbench.page.keyboard.type(entry);
  const marked = workbench.quickInput.locator('.monaco-list-row.focused');
  await until(`"${entry}" to be marked`, async () => {
    const [text = ''] = await marked.allInnerTexts();
    return text.includes(entry);
  });
  await workbench.page.keyboard.press('Enter');
}

/** Writes a text into the box of this title, and accepts it. */
export async function write(workbench: Workbench, title: string, text: string): Promise<void> {
  await box(workbench, title);
  await workbench.page.keyboard.press('Control+A');
  await workbench.page.keyboard.type(text);
  await workbench.page.keyboard.press('Enter');
}

/** Opens the list of tokens from the palette. */
export async function openList(workbench: Workbench): Promise<void> {
  const { page, quickInput } = workbench;
  await page.keyboard.press('F1');
  await quickInput.waitFor();
  await page.keyboard.type('WorkOS: Manage Connection Tokens');
  const marked = quickInput.locator('.monaco-list-row.focused');
  await until('the command', async () => (await marked.allInnerTexts()).join().includes('Manage Connection'));
  await page.keyboard.press('Enter');
}

/** Presses a button of the dialog that is open: Tab until it has the focus, then Enter. */
export async function confirm({ page, dialog }: Workbench, button: string): Promise<void> {
  await dialog.waitFor();
  await until(`"${button}" to have the focus`, async () => {
    const focused = await dialog.locator('.monaco-button:focus').allInnerTexts();
    if (focused.join().includes(button)) return true;
    await page.keyboard.press('Tab');
    return false;
  });
  await page.keyboard.press('Enter');
}
