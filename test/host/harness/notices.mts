import { until } from './tests.mts';
import type { Workbench } from './workbench.mts';

/** Waits until a notification says this. After several at once VS Code holds toasts back: those are in the list. */
export async function told(workbench: Workbench, text: string): Promise<void> {
  const listed = workbench.page.locator('.notifications-center').filter({ hasText: text });
  await until(`a notification "${text}"`, async () => {
    if (await workbench.notification(text).isVisible()) return true;
    await workbench.execute('notifications.showList');
    return listed.isVisible();
  });
  await workbench.execute('notifications.hideList');
}
