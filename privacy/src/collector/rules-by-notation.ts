import { signOfString } from './json.js';
import { argument, greater, listedKey as key, toArgument, toValue } from './labels.js';
import { endOfValue, separator } from './normalise.js';
import { type Rule, shield } from './rule.js';
import { within } from './rules-by-flattened.js';

/** Values of several words, where how they are written tells their end. */
export function notationRules(): Rule[] {
  const escapedSpace = `(?:\\\\{1,15}[nrt]${separator}?|\\s)*`;
  return [
    // body.password=a b, body.x=1: a value with a comma and a space, or =, stands in quotes.
    rule(
      'listed key in a body that was a map',
      `((?:"|, )body[.][^=\\s"\\\\]{0,200}(?:${key}|${within})=)[^\\s"\\\\*${shield}](?:[^"\\\\,]|,[^ "\\\\]|\\\\[nrtu])*`,
      '<1>****',
      ['body.'],
    ),
    rule(
      'listed key in a query, a value with spaces',
      `(${key}\\]?=)[^"\\\\&;${endOfValue}*${shield}][^"\\\\&;${endOfValue}]*${endOfValue}`,
      '<1>****',
      [endOfValue],
    ),
    rule(
      'listed argument, an item of a list',
      `(${key}${argument}",\\s?)"${signOfString(0, `*${shield}`)}${signOfString(0)}*"`,
      '<1>"****"',
      [`${argument}"`],
    ),
    rule(
      'listed argument with its value, an item of a list',
      `([,:\\[]"--?[\\p{L}\\p{N}_./-]{0,60}${key}${argument}=)[^"\\\\*${shield}](?:[^"\\\\ ]| [^"\\\\-])*`,
      '<1>****',
      [`${argument}=`],
    ),
    rule(
      'listed key of PHP',
      `(${key}\\\\+"\\]=${greater}${escapedSpace})(?:string[(][0-9]+[)] \\\\+"[^"\\\\]*\\\\+"|(?:int|float)[(][^)]*[)])`,
      '<1>****',
      [']=\\\\u003e', ']=>'],
    ),
    rule(
      'listed key of an optional value',
      `(${key}(?:${toValue}|${toArgument})(?:Optional|Some|Just|Right)[\\[(])[^"\\\\\\[\\]()*]+`,
      '<1>****',
      ['Optional', 'Some', 'Just', 'Right'],
    ),
  ];
}

function rule(name: string, pattern: string, replacement: string, when: readonly string[]): Rule {
  return { name, pattern, replacement, needsChecksum: false, when };
}
