import { channel, type Channel } from 'node:diagnostics_channel';

type Listener<T> = (record: T) => void;

/** Tells listeners and the diagnostics channels `op-exco:<event>`; the channels are shared by every copy of the package. */
export class EventHub<Events extends object> {
  readonly #listeners: { [Name in keyof Events]?: Set<Listener<Events[Name]>> } = {};
  /** Held, since every call asks for them, and finding one by its name is dearer than the asking. */
  readonly #channels: { [Name in keyof Events]?: Channel } = {};

  /** Adds `listener`; the function returned removes it. */
  on<Name extends keyof Events & string>(event: Name, listener: Listener<Events[Name]>): () => void {
    const listeners = this.#listeners[event] ?? new Set<Listener<Events[Name]>>();
    this.#listeners[event] = listeners;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  /** Whether anybody would hear of `event`; spares the making of records that nobody reads. */
  isHeard(event: keyof Events & string): boolean {
    return (this.#listeners[event]?.size ?? 0) > 0 || this.#channelOf(event).hasSubscribers;
  }

  /** Tells everybody. A listener that throws is reported as a process warning and harms no call. */
  emit<Name extends keyof Events & string>(event: Name, record: Events[Name]): void {
    for (const listener of [...(this.#listeners[event] ?? [])]) {
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

  #channelOf(event: keyof Events & string): Channel {
    return (this.#channels[event] ??= channel(`op-exco:${event}`));
  }
}
