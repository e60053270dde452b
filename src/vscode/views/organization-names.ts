interface Named {
  readonly id: string;
  readonly name?: string | undefined;
}

/** Names of the organizations whose rows have been read: rows of other trees know the ids only. */
export class OrganizationNames {
  readonly #listeners: (() => void)[] = [];
  #names = new Map<string, string>();

  get(id: string | undefined): string | undefined {
    return id === undefined ? undefined : this.#names.get(id);
  }

  /** Called whenever names become known or change. */
  onLearn(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Takes names from rows of the account of today; after `forget` it takes no more. */
  learner(): (rows: readonly Named[]) => void {
    const names = this.#names;
    return (rows) => {
      if (names !== this.#names) return;
      const news = rows.filter(({ id, name }) => name !== undefined && name !== '' && names.get(id) !== name);
      for (const { id, name = '' } of news) names.set(id, name);
      if (news.length > 0) for (const listener of this.#listeners) listener();
    };
  }

  /** Forgets all names: they belong to another account. */
  forget(): void {
    this.#names = new Map();
  }
}
