import { channel, type Channel } from 'node:diagnostics_channel';

type Listener<T> = (record: T) => void;

/** Tells listeners and the diagnostics channels `op-exco:<event>`; the channels are shared by every copy of the package. */
export class EventHub<Events extends object> {
  /** Lists that are replaced and never changed, so that telling needs no copy of one. */
  readonly #listeners: { [Name in keyof Events]?: readonly Listener<Events[Name]>[] } = {};
  /** Held, since every call asks for them, and finding one by its name is dearer than the asking. */
  readonly #channels: { [Name in keyof Events]?: Channel } = {};

  /** Adds `listener`; the function returned removes it. */
  on<Name extends keyof Events & string>(event: Name, listener: Listener<Events[Name]>): () => void {
    this.#listeners[event] = [...this.#others(event, listener), listener];
    return () => {
      this.#listeners[event] = this.#others(event, listener);
    };
  }

  /** Whether anybody would hear of `event`; spares the making of records that nobody reads. */
  isHeard(event: keyof Events & string): boolean {
    return (this.#listeners[event]?.length ?? 0) > 0 || this.#channelOf(event).hasSubscribers;
  }

  /** Tells everybody. A listener that throws is reported as a process warning and harms no call. */
  emit<Name extends keyof Events & string>(event: Name, record: Events[Name]): void {
    for (const listener of this.#listeners[event] ?? []) {
      try {
        listener(record);
      } catch (error) {
        const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : 'error';
        process.emitWarning(`A listener for "${event}" threw (${name}).`, 'OpExcoWarning');
      }
    }
    const published = this.#channelOf(event);
    if (published.hasSubscribers) published.publish(record);
  }

  #others<Name extends keyof Events & string>(event: Name, listener: Listener<Events[Name]>) {
    return (this.#listeners[event] ?? []).filter((other) => other !== listener);
  }

  #channelOf(event: keyof Events & string): Channel {
    return (this.#channels[event] ??= channel(`op-exco:${event}`));
  }
}
