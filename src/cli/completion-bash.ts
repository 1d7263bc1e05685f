import { BROKER_NAMES, type CommandRow, type OptionRow, type Wanted } from './completion-table.ts';

/** What one place takes, as assignments that the completing function reads. */
function assignments({ words, paths, isBroker }: Wanted): string {
  return [
    ...(words.length > 0 ? [`words='${words.join(' ')}'`] : []),
    ...(paths === undefined ? [] : [`paths=${paths}`]),
    ...(isBroker ? ['brokers=yes'] : []),
    ':',
  ].join('; ');
}

function flagsOf({ name, short }: OptionRow): string[] {
  return short === undefined ? [name] : [short, name];
}

function optionCases({ name, options }: CommandRow): string[] {
  return options.flatMap((option) => {
    const { wanted } = option;
    if (wanted === undefined) return [];
    return flagsOf(option).map((flag) => `    '${name} ${flag}') ${assignments(wanted)} ;;`);
  });
}

function placeCases({ name, places, isOpen }: CommandRow): string[] {
  return places.map((wanted, index) => {
    const isRepeated = isOpen && index === places.length - 1;
    return `    '${name} '${isRepeated ? '[0-9]*' : String(index)}) ${assignments(wanted)} ;;`;
  });
}

/** Lists the commands where there is none yet, and the options of the one that is there. */
function optionsOf(rows: readonly CommandRow[], common: readonly OptionRow[]): string[] {
  const line = (pattern: string, options: readonly OptionRow[]) =>
    `    ${pattern}) printf '%s\\n' ${options.flatMap(flagsOf).join(' ')} ;;`;
  return [...rows.map(({ name, options }) => line(name, options)), line("''", common)];
}

/**
 * The script for bash, 3.2 or newer. It splits no word anew: what a file or a configuration is called is never run.
 * `=` stands as a word of its own in `COMP_WORDS`, unless bash is older than 4 or `COMP_WORDBREAKS` lacks it.
 */
export function bashCompletion(rows: readonly CommandRow[], common: readonly OptionRow[]): string[] {
  const beforeCommand: CommandRow = { name: '', summary: '', options: common, places: [], isOpen: false };
  return `# Completes op-exco in bash: source it, or put it where bash-completion looks.
_op_exco_takes() {
  case $1 in
${[...rows, beforeCommand].flatMap((row) => [...optionCases(row), ...placeCases(row)]).join('\n')}
    *) return 1 ;;
  esac
}

_op_exco_options() {
  case $1 in
${optionsOf(rows, common).join('\n')}
  esac
}

_op_exco_brokers() {
  local found=''
  [[ -n $1 ]] && found=$("\${COMP_WORDS[0]}" completion brokers --config "$1" 2>/dev/null)
  printf '%s\\n' \${found:-${BROKER_NAMES.join(' ')}}
}

_op_exco() {
  local command='' config='' option='' place=0 index word
  local cur=\${COMP_WORDS[COMP_CWORD]} words='' paths='' brokers=''
  [[ $cur == '=' ]] && cur=''
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ $word == '=' ]]; then continue
    elif [[ -n $option ]]; then
      [[ $option == --config ]] && config=$word
      option=''
    elif [[ $word == --config=* ]]; then config=\${word#*=}
    elif [[ $word == -?* ]]; then _op_exco_takes "$command $word" && option=$word
    elif [[ -z $command ]]; then command=$word
    else place=$((place + 1))
    fi
  done
  words='' paths='' brokers=''
  COMPREPLY=()
  if [[ -n $option ]]; then _op_exco_takes "$command $option"
  elif [[ $cur == -* ]]; then words=$(_op_exco_options "$command")
  elif [[ -z $command ]]; then words='${rows.map(({ name }) => name).join(' ')}'
  else _op_exco_takes "$command $place"
  fi
  [[ -n $brokers ]] && words="$words $(_op_exco_brokers "$config")"
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$words" -- "$cur")
  [[ -z $paths ]] && return
  compopt -o filenames 2>/dev/null
  index=-f
  [[ $paths == folders ]] && index=-d
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen "$index" -- "$cur")
}

complete -F _op_exco op-exco`.split('\n');
}
