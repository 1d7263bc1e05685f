/** PEM text, or the file that holds it. */
export type Pem = string | { file: string };
