import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a shell offers for each line, typed in `folder` with the cursor at its end; `folder` is looked in for programs. */
export type Shell = (script: string, lines: readonly string[], folder: string) => string[][];

/** Stands between the answers; no name holds it. */
const END = '<end>';

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function answers(text: string): string[][] {
  const perLine = text.split(`${END}\n`).slice(0, -1);
  return perLine.map((each) => [...new Set(each.split('\n').filter((name) => name !== ''))].sort());
}

/** Runs a shell with no settings but its own. Throws what it complained of. */
function run(command: string, args: readonly string[], folder: string): string {
  const env = {
    PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: folder,
    TERM: 'dumb',
    LC_ALL: 'C.UTF-8',
  };
  const { stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env, timeout: 50_000 });
  if (error !== undefined) throw error;
  if (stderr !== '') throw new Error(`${command} complained: ${stderr}`);
  return stdout;
}

/** The words of a line as bash 4 and newer have them: `=` stands apart. */
function wordsOf(line: string): string[] {
  return line.split(' ').flatMap((word) => (word === '' ? [''] : word.split(/(=)/).filter((part) => part !== '')));
}

/** The lines must quote nothing. */
export const bash: Shell = (script, lines, folder) => {
  const asked = lines.map((line) => {
    const words = wordsOf(line);
    return `COMP_WORDS=(${words.map(quoted).join(' ')}); COMP_CWORD=${String(words.length - 1)}
_op_exco; printf '%s\\n' "\${COMPREPLY[@]}" ${quoted(END)}`;
  });
  return answers(run('bash', ['--norc', '-c', [script, ...asked].join('\n')], folder));
};

export const fish: Shell = (script, lines, folder) => {
  const asked = lines.map((line) => `complete -C ${quoted(line)} | string replace -r '\\t.*' ''; echo ${quoted(END)}`);
  return answers(run('fish', ['--no-config', '-c', [script, ...asked].join('\n')], folder));
};

/** Completes inside the line editor, which alone may, and notes every match that is added. */
function zshEditor(lines: readonly string[]): string {
  return `fpath=($PWD $fpath)
autoload -Uz compinit && compinit -u -D
exec 3> offered
compadd() {
  local -a hits
  [[ "\${@[1,(i)(-|--)]}" == *-[OAD]\\ * ]] || { builtin compadd -O hits "$@"; print -rlu3 -- $hits }
  builtin compadd "$@"
}
zle -C offered complete-word _main_complete
zle-line-init() {
  for BUFFER in ${lines.map(quoted).join(' ')}; do
    CURSOR=$#BUFFER
    zle offered
    print -ru3 -- ${quoted(END)}
  done
  exit
}
zle -N zle-line-init
`;
}

/** The script is a file of `$fpath`, as the help page says; zsh has its terminal from zsh. */
export const zsh: Shell = (script, lines, folder) => {
  writeFileSync(join(folder, '_op-exco'), script);
  writeFileSync(join(folder, '.zshrc'), zshEditor(lines));
  const asked = 'zmodload zsh/zpty; zpty line zsh -d -i; while zpty -r line >/dev/null; do :; done; cat offered';
  return answers(run('zsh', ['-f', '-c', asked], folder));
};
