import type { Fault } from '../catalog/faults.ts';
import type { RetryWord } from '../model/dialect.ts';
import type { PresetName } from './preset-names.ts';

/** How sure a row is: the broker's own document or several sources that agree, one good source, or a conclusion. */
export type Confidence = 'high' | 'medium' | 'low';

/** What a row of a code table says beside the code. */
export interface CodeRowOptions {
  /** Code of the standard, 3001 to 7000. */
  code: number;
  /** Default by `code`: 3600, 3004 the broker cannot serve; 3005 its own time-out; 3999 our credentials; else its own error. */
  fault?: Fault | undefined;
  /** What the broker advises. `token`, or nothing: renew the credentials; `verify`: the outcome of a write is unknown. */
  retry?: RetryWord | undefined;
  /** Meaning in Korean. */
  ko?: string | undefined;
  /** Meaning in English. */
  en?: string | undefined;
  /** Name of an entry of `sources`. */
  source?: string | undefined;
  /** How sure the row is. */
  confidence?: Confidence | undefined;
}

/** A code of the standard, or a row with more to say. */
export type MappedCodeOptions = number | CodeRowOptions;

/** A row for every code of one form. */
export interface PatternRowOptions extends CodeRowOptions {
  /** Regular expression over the whole code; repeats have an end: `{1,8}`, no `+` and no `*`. */
  pattern: string;
}

/** Paths in the message, such as `resp.respCode`. */
export interface EnvelopeOptions {
  /** Path of a block that all others start from; `*Body` is the one field whose name ends so. */
  block?: string | undefined;
  /** Path of the code; of several, the first that leads to anything. */
  code: string | string[];
  /** Path of a finer code, looked up in `respCodes` before the first one. */
  detail?: string | undefined;
  /** Path of the text for people. */
  message?: string | undefined;
  /** Path of a reason apart from the text. */
  reason?: string | undefined;
  /** Paths that must hold a text for this envelope to be meant. */
  requires?: string[] | undefined;
  /** Codes of a success; default: those of `result`, `['200']` where that names none. */
  success?: string[] | undefined;
}

/** Where facts come from. */
export interface SourceOptions {
  /** What it is: a portal's table, a capture. */
  what: string;
  /** Where it was found, and when. */
  where: string;
  /** How sure its facts are. */
  confidence: Confidence;
}

/** Where the TRCODE is sent, and where it comes back; left out, nothing is checked. */
export interface DialectTrCodeOptions {
  /** `header:NAME`, or a path in the message. */
  request: string;
  /** The same of the answer. */
  response?: string | undefined;
  /** `optional`: an answer without one is no mismatch. Default `required`. */
  echo?: 'required' | 'optional' | undefined;
}

/** How a list goes on: where the sign and the key of the next page stand, as `header:NAME` or a path in the message. */
export interface PagingOptions {
  /** What a request says of its page. */
  request: {
    /** Where a flag is sent, with its value on the first page (nothing: not sent) and on every other. */
    flag?:
      | {
          /** Where it stands. */
          at: string;
          /** Value on the first page. */
          first?: string | undefined;
          /** Value on every other. */
          next: string;
        }
      | undefined;
  };
  /** What an answer says of the next page. */
  response: {
    /** Where an answer says whether there is more, and the values that say so; without `more`, any value does. */
    flag?:
      | {
          /** Where it stands. */
          at: string;
          /** Values that say so. */
          more?: string[] | undefined;
        }
      | undefined;
  };
  /** Where a key stands in an answer, and where it is sent back. */
  keys: {
    /** Place in the answer. */
    from: string;
    /** Place in the request. */
    to: string;
  }[];
}

/** How often a broker may be asked. */
export interface PaceOptions {
  /** Calls a second. */
  perSecond: number;
  /** What is counted apart: nothing (`broker`), or every TRCODE, else every operation (`operation`). Default `broker`. */
  per?: 'broker' | 'operation' | undefined;
}

/** One answer of a broker and what it must come to. */
export interface SampleOptions {
  /** What it shows, for people. */
  name: string;
  /** HTTP status. Default 200. */
  status?: number | undefined;
  /** Headers of the answer. Default none. */
  headers?: Record<string, string> | undefined;
  /** A message, or any other text. */
  body: Record<string, unknown> | string;
  /** `broker` stands for the broker's own name. */
  expect:
    | 'success'
    | {
        /** Who says it. */
        category: 'op-exco' | 'broker';
        /** Code of the standard. */
        code: number;
        /** Row of the fault table. */
        fault: Fault;
      };
}

/** How a broker words its result and what its API needs of a call: the form of a dialect in a file, a preset, a config. */
export interface DialectOptions {
  /** Where the published JSON Schema lies, for an editor; nothing else reads it. */
  $schema?: string | undefined;
  /** Name of the API, for people. */
  title?: string | undefined;
  /** What a reader should know, in whole sentences. */
  notes?: string[] | undefined;
  /** Where its facts come from, by the names that rows use. */
  sources?: Record<string, SourceOptions> | undefined;
  /** Name of a preset that this one differs from: tables are added to its tables, everything else replaces. */
  extends?: PresetName | undefined;
  /** Default: the platform's own result block. */
  result?: EnvelopeOptions | undefined;
  /** Other envelopes of the same broker, tried in order when the first is absent. */
  alternates?: EnvelopeOptions[] | undefined;
  /** Regular expressions with one group each that find a finer code in the text. */
  detailPatterns?: string[] | undefined;
  /** Codes that mean "no rows": a success. */
  empty?: string[] | undefined;
  /** Their codes, text or number, to the standard's. */
  respCodes?: Record<string, MappedCodeOptions> | undefined;
  /** Codes of one form, for what `respCodes` does not name; the first that fits. */
  respPatterns?: PatternRowOptions[] | undefined;
  /** Code of the standard for what is mapped nowhere; their code and text become the reason. */
  otherwise?: number | undefined;
  /** Code of the standard by HTTP status, only where no code was found. */
  statusCodes?: Record<string, MappedCodeOptions> | undefined;
  /** A 2xx answer without any code is a success. Default false. */
  successWhenAbsent?: boolean | undefined;
  /** Paths of which such an answer must hold one. */
  requireAnyOf?: string[] | undefined;
  /** `optional`: a 2xx answer without the platform's result block is a success. Default `required`. */
  resultBlock?: 'required' | 'optional' | undefined;
  /** `number`: 00200, 200.0 and 200 are one code. Default `text`; `number` in the platform's own result block. */
  compare?: 'text' | 'number' | undefined;
  /** Whether unlisted numbers from 4000 to 7999 are the standard's own. Default: in the platform's own result block. */
  standardCodes?: boolean | undefined;
  trCodeAt?: DialectTrCodeOptions | undefined;
  paging?: PagingOptions | undefined;
  pace?: PaceOptions | undefined;
  /** How often the broker lets credentials be renewed, in milliseconds. Default 1,000. */
  renewEveryMs?: number | undefined;
  samples?: SampleOptions[] | undefined;
}
