import { BROKER_NAMES, type CommandRow, type OptionRow, type Wanted } from './completion-table.ts';

/** A text inside single quotes, where `_arguments` and `_describe` read brackets and colons of their own. */
function plain(text: string): string {
  return text.replace(/[\\[\]:]/g, '\\$&').replaceAll("'", "'\\''");
}

/** What completes one place, as the action of an `_arguments` spec. */
function actionOf({ words, paths, isBroker }: Wanted): string {
  if (isBroker) return '_op_exco_brokers';
  const files = paths === undefined ? undefined : paths === 'folders' ? '_files -/' : '_files';
  if (words.length === 0) return files ?? ' ';
  const list = `(${words.join(' ')})`;
  return files === undefined ? list : `{_alternative "words\\:word\\:${list}" "files\\:file\\:${files}"}`;
}

/** A value stands behind its option, or in the same word: `--name=value`, `-nvalue`. */
function optionSpecs({ name, short, words, wanted }: OptionRow): string[] {
  const [value, long, letter] = wanted === undefined ? ['', '', ''] : [`:value:${actionOf(wanted)}`, '=', '+'];
  const flags = [...(short === undefined ? [] : [`${short}${letter}`]), `${name}${long}`];
  return flags.map((flag) => `'${flag}[${plain(words)}]${value}'`);
}

function placeSpecs({ places, isOpen }: CommandRow): string[] {
  return places.map((wanted, index) => {
    const isRepeated = isOpen && index === places.length - 1;
    return `'${isRepeated ? '*' : String(index + 1)}:name:${actionOf(wanted)}'`;
  });
}

function argumentsOf(row: CommandRow): string {
  return ['_arguments', ...row.options.flatMap(optionSpecs), ...placeSpecs(row)].join(' \\\n        ');
}

/**
 * The script for zsh: a file `_op-exco` in a folder of `$fpath`. The configuration is looked for in the whole line:
 * `opt_args` knows only the options on one side of the command.
 */
export function zshCompletion(rows: readonly CommandRow[], common: readonly OptionRow[]): string[] {
  return `#compdef op-exco
_op_exco_brokers() {
  local -a brokers
  [[ -n $config ]] && brokers=(\${(f)"$(op-exco completion brokers --config "$config" 2>/dev/null)"})
  (( $#brokers )) || brokers=(${BROKER_NAMES.join(' ')})
  compadd -a brokers
}

_op_exco_commands() {
  local -a commands
  commands=(
${rows.map(({ name, summary }) => `    '${name}:${plain(summary)}'`).join('\n')}
  )
  _describe -t commands command commands
}

_op_exco() {
  local curcontext="$curcontext" context state state_descr line config='' index
  typeset -A opt_args
  for ((index = 2; index <= $#words; index++)); do
    case $words[index] in
      (--config) ((index + 1 == CURRENT)) || config=\${(Q)words[++index]} ;;
      (--config=*) ((index == CURRENT)) || config=\${(Q)words[index]#*=} ;;
    esac
  done
  _arguments -C \\
    ${common.flatMap(optionSpecs).join(' \\\n    ')} \\
    '(-): :_op_exco_commands' \\
    '(-)*::: :->command'
  [[ $state == command ]] || return
  words=($line[1] "\${words[@]}")
  (( CURRENT += 1 ))
  case $line[1] in
${rows.map((row) => `    (${row.name})\n      ${argumentsOf(row)} ;;`).join('\n')}
  esac
}

if [[ $funcstack[1] == _op-exco ]]; then _op_exco "$@"; else compdef _op_exco op-exco; fi`.split('\n');
}
