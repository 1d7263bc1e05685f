import { BROKER_NAMES, type CommandRow, type OptionRow, type Wanted } from './completion-table.ts';

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** Arguments of `complete` that say what may stand in a place; `-f` and `-x` keep files out. */
function offers({ words, paths, isBroker }: Wanted): string[] {
  const lists = [
    ...(words.length > 0 ? [words.join(' ')] : []),
    ...(isBroker ? ['(__op_exco_brokers)'] : []),
    ...(paths === 'folders' ? ['(__fish_complete_directories)'] : []),
  ];
  return [...(lists.length === 0 ? [] : ['-a', quoted(lists.join(' '))]), ...(paths === 'files' ? ['-F'] : ['-f'])];
}

function optionLine(condition: string, { name, short, words, wanted }: OptionRow): string {
  const letter = short === undefined ? [] : ['-s', short.slice(1)];
  const value = wanted === undefined ? [] : ['-r', ...offers(wanted)];
  const when = ['-n', quoted(condition)];
  return ['complete', '-c', 'op-exco', ...when, ...letter, '-l', name.slice(2), ...value, '-d', quoted(words)].join(
    ' ',
  );
}

function commandLines({ name, summary, options, places, isOpen }: CommandRow): string[] {
  const placed = places.map((wanted, index) => {
    const isRepeated = isOpen && index === places.length - 1;
    const condition = isRepeated ? `__op_exco_in ${name}` : `__op_exco_at ${name} ${String(index)}`;
    return ['complete', '-c', 'op-exco', '-n', quoted(condition), ...offers(wanted)].join(' ');
  });
  return [
    `complete -c op-exco -n '__op_exco_in ""' -f -a ${name} -d ${quoted(summary)}`,
    ...options.map((option) => optionLine(`__op_exco_in ${name}`, option)),
    ...placed,
  ];
}

/** Options that take a value, over all commands: a name takes one everywhere or nowhere. */
function valued(rows: readonly CommandRow[]): string[] {
  const options = rows.flatMap(({ options: own }) => own).filter(({ wanted }) => wanted !== undefined);
  return [...new Set(options.flatMap(({ name, short }) => (short === undefined ? [name] : [short, name])))];
}

/** The script for fish, 3.0 or newer: `op-exco.fish` in a folder of `$fish_complete_path`. */
export function fishCompletion(rows: readonly CommandRow[], common: readonly OptionRow[]): string[] {
  return `# Completes op-exco in fish.
# Prints the command of the line, or an empty line, and how many names stand behind it.
function __op_exco_line
    set -l command ''
    set -l place 0
    set -l option ''
    for word in (commandline -opc)[2..-1]
        if test -n "$option"
            set option ''
        else if contains -- $word ${valued(rows).join(' ')}
            set option $word
        else if string match -q -- '-?*' $word
        else if test -z "$command"
            set command $word
        else
            set place (math $place + 1)
        end
    end
    echo $command
    echo $place
end

function __op_exco_in
    set -l line (__op_exco_line)
    test "$line[1]" = "$argv[1]"
end

function __op_exco_at
    set -l line (__op_exco_line)
    test "$line[1]" = "$argv[1]" -a "$line[2]" = "$argv[2]"
end

function __op_exco_brokers
    set -l config ''
    set -l option ''
    for word in (commandline -opc)
        if test "$option" = --config
            set config $word
            set option ''
        else
            set option $word
            string match -q -- '--config=*' $word
            and set config (string replace -- --config= '' $word)
        end
    end
    set -l found
    test -n "$config"
    and set found (op-exco completion brokers --config $config 2>/dev/null)
    if test (count $found) -gt 0
        string join \\n -- $found
    else
        string join \\n -- ${BROKER_NAMES.join(' ')}
    end
end

complete -c op-exco -f
${common.map((option) => optionLine('__op_exco_in ""', option)).join('\n')}
${rows.flatMap(commandLines).join('\n')}`.split('\n');
}
