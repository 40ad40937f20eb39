/** Small files that are wrong in every way: each of their problems is said at its place. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expectRefused, FOLDER, refused, text } from './refusing.ts';

/** The file, and each of its problems in order: its place and the beginning of its sentence. */
const FILES: readonly (readonly [file: string, problems: readonly string[]])[] = [
  [
    'absurd-times.yaml',
    [
      '6:33 1001d is longer than 1000 days',
      '6:49 expected a time span, found the bare number 5',
      '6:64 0.3ms is no whole number of milliseconds',
      '8:12 expected a moment such as 9m, 15:39Z or',
      '8:32 2031-01-01T00:00:00Z lies more than 1000 days after the',
      '9:12 a clock time says its zone, found "15:39"',
      '10:12 2021-10-03T00:00Z lies before the start of the clock',
    ],
  ],
  ['alias-bomb.yaml', ['10:9 the document has more than 200000']],
  ['alias-in-itself.yaml', ['6:29 *n stands inside what it stands for']],
  [
    'backwards-draws.yaml',
    ['6:33 5m..1m runs backwards', '6:50 1s..9s..5s runs backwards', '6:74 normal is written normal(5m, 1m)'],
  ],
  [
    'bad-announcements.yaml',
    [
      '13:54 there is no network "tow"',
      '13:59 pop.1 belongs to one, and paths go by networks',
      '13:66 lone is a service, no network',
      '14:27 two announces 010.0.0.0/8 already, as "a"',
      '14:38 traffic goes on by the next wider block, and there is no',
      '15:19 traffic goes on by the next wider block, and this has no',
      '16:47 expected one of here, drop, on, found "of"',
      '16:64 a community is a text without blanks, found ""',
      '17:77 a community is a text without blanks, found "a b"',
      '19:35 expected a number from 8 to 32, found 7',
      '20:35 expected a number from 8 to 32, found 33',
      '20:47 pop.2 belongs to one, and paths go by networks',
      '21:14 10.0.0.1/8 has bits set behind its length',
      '21:34 users is a population, no network',
      '22:3 "cidr" is missing',
      '22:3 "origin" is missing',
      '24:36 no prefix covers 11.0.0.1',
      '25:36 there is no prefix "10.0.0.256"',
      '26:36 "as" and "through" ask for two things',
      '27:59 what one sends always passes one',
      '28:59 users is a population, no network',
      '29:59 "{one,two}" stands for 2 nodes, and this asks about one',
      '30:47 "through" does not go with "route"',
      '31:24 nobody asks this: say from which network under `from`',
    ],
  ],
  [
    'bad-braces.yaml',
    [
      '6:3 {1} has only one choice',
      '7:3 {3..1} counts down',
      '8:3 a brace is not closed',
      '9:3 {a..c} counts in something else than whole numbers',
    ],
  ],
  [
    'bad-capacities.yaml',
    [
      '6:21 "caches" is for a resolver, and this is a pop',
      '8:18 expected a number of at least 1, found 0',
      '9:18 expected a whole number, found 2.5',
      '10:18 expected a number such as',
      '12:29 expected a number of at least 1, found 0',
      '12:32 on an ordinary day it is asked once its share',
      '13:29 expected a number of at least 1, found -3',
      '13:43 expected a number of at least 1, found -4',
      '14:32 it has caught up below 5, which must lie under its capacity (4)',
      '15:19 what a site does not answer is asked again',
      '16:19 "recovers" goes with "capacity"',
      '17:32 on an ordinary day it is asked once its share',
      '18:29 .inf is not a number',
      '19:21 "q.4" is a resolver too',
    ],
  ],
  [
    'bad-changes.yaml',
    [
      '8:3 nothing begins this',
      '9:40 no link has the layer "backbone"',
      '10:45 "down" and "off" are two effects',
      '11:36 "asks" is missing',
      '11:49 there is no node "b"',
    ],
  ],
  [
    'bad-checkpoints.yaml',
    [
      '8:34 there is no variant "nobody"',
      '8:50 a tolerance of ± is around what was seen, and that is',
      '9:3 this claims nothing',
      '10:28 "first" and "never" are two claims in one',
      '11:18 there is no key "works" here',
      '12:24 there is no kind of fact "nothing"',
    ],
  ],
  [
    'bad-clock.yaml',
    [
      '4:17 expected a date-time with zone such as',
      '4:33 a run lasts longer than 0',
      '4:37 there is no key "stop" here',
    ],
  ],
  [
    'bad-conditions.yaml',
    [
      '7:41 "up" and "well" are two questions in one',
      '7:52 this asks nothing',
      '7:67 there is no key "al" here',
      '7:93 b always reaches itself',
      '7:107 "via" does not go with "up"',
    ],
  ],
  [
    'bad-counts.yaml',
    [
      '7:41 atLeast 5 of 3 can never be judged',
      '8:32 "5 of n.*" asks for 5 of 3',
      '8:42 "0% of n.*" asks for 0 of 3',
      '9:41 atLeast 0 of 1 can never be judged',
    ],
  ],
  [
    'bad-faults.yaml',
    [
      '8:3 nothing says when this begins',
      '9:3 at and before both say when this begins',
      '10:23 this ends before it begins',
      '11:31 expected a map or one of down, off, bug, start, mute,',
      '12:23 until and for both say when this ends',
    ],
  ],
  [
    'bad-links.yaml',
    [
      '8:3 a mesh joins each with each: it has no from, to or pick',
      '9:3 a link has `from` and `to`, or `mesh`',
      '10:23 $2 stands for nothing: only $1 was captured',
      '11:40 there are only 2 to pick 9 from',
    ],
  ],
  [
    'bad-loads.yaml',
    [
      '7:27 "bears" is about the load of what people use, and this is a nameserver',
      '8:24 "cold" is about the load of what people use, and this is a resolver',
      '9:23 "capacity" is about load, and nothing says whose',
      '10:42 expected a number of at least 1, found 0.5',
      '10:47 warming takes longer than 0',
      '11:36 "cold" goes with "warms"',
      '11:45 a load of 1 is an ordinary day: what it stands lies above',
      '12:51 it has caught up below 1.6, which lies over its capacity',
      '12:66 down, it bears nothing, and would be up again in the',
      '13:23 nobody makes the journey idle, so there is no load',
      '13:32 there is no journey "nothing"',
      '13:49 "whenOver" goes with "capacity"',
      '13:65 "recovers" goes with "capacity"',
      '14:46 expected a number such as 3, 2e9, 85% or 30x, found "NaN"',
      '14:61 expected one of slow, fail, found "never"',
      '15:63 there is no node "t"',
      '15:71 r is a resolver, and bears no load of people',
      '15:81 expected a number of at least 0, found -1',
      '16:42 how many go elsewhere hangs on how many they are',
      '17:23 "spill" is for a population, and this is a service',
      '17:65 u is a population, expected a region or a datacenter or',
      '17:70 a load is compared with a number: say which under `above`',
      '17:95 s is a service, expected a population',
      '19:29 a session lasts longer than 0',
      '19:53 with "slow" people go on: there is nothing a session could',
      '19:89 expected a time span such as 90s, 5m or 2h30m, found "soon"',
      '21:3 nobody makes this journey',
      '23:26 how many people of v are troubled hangs on how many they',
      '24:33 "while" and "each" do not go together',
      '25:23 expected a number of at least 0, found -1',
      '25:31 s is a service, expected a population',
      '26:3 "of" is missing',
    ],
  ],
  [
    'bad-names.yaml',
    [
      '6:3 a name may hold letters, digits and . _ - @ / : but not',
      '7:3 a name may hold letters, digits and . _ - @ / : but not',
      '8:3 "d*" has a kind, and a glob cannot make nodes',
      '9:3 a key is empty',
      '10:3 a name may hold letters, digits and . _ - @ / : but not',
      '11:3 nothing may be called __proto__',
    ],
  ],
  [
    'bad-parts.yaml',
    [
      '11:46 there is no variant "clam"',
      '11:58 "calm" is named twice',
      '12:29 "always" is so or not so: there is nothing to take parts of',
      '13:44 expected a name',
      '14:42 what is not modelled has no parts',
    ],
  ],
  [
    'bad-patches.yaml',
    [
      '8:37 there is no "f" here to delete',
      '8:72 the list has no "b" to take out',
      '8:81 a variant cannot change "netfall"',
    ],
  ],
  [
    'bad-policies.yaml',
    [
      '8:30 "exports" is about sessions, and users has none',
      '9:26 "imports" is about sessions, and lone has none',
      '9:39 "roles" is about sessions, and lone has none',
      '11:64 there is no policy "inn"',
      '12:41 a mesh joins each with each: it has no ends to tell apar',
      '13:30 "ends" is for sessions',
      '14:50 there is no key "form" here',
      '19:20 there is no prefix "q"',
      '20:18 10.0.0.1/8 has bits set behind its length',
      '21:44 expected a number from 8 to 32, found 7',
      '22:50 nothing is at least 24 and at most 16 long',
      '23:42 expected a number from 8 to 32, found 33',
      '24:10 "cidr" is missing',
      '25:16 there is no network "tow"',
      '26:18 pop belongs to one, and paths go by networks',
      '27:16 users is a population, no network',
      '28:23 nothing puts the community "backpu" on a route',
      '29:15 a community is a text without blanks, found "two words"',
      '30:29 expected one of valid, invalid, not found, found "unknow',
      '31:18 expected one of own, customer, peer, provider, or a list',
      '32:5 this term does nothing',
      '33:10 "in" is a policy for exports too, and no other network i',
      '33:22 expected a number from 0 to 4294967295, found -1',
      '33:31 expected a whole number, found 1.5',
      '33:45 expected a number from 0 to 100, found 101',
      '34:29 no path has at least 5 networks and at most 2',
      '35:18 expected a number such as 3, 2e9, 85% or 30x, found "man',
      '36:10 "within" lists nothing, so that no route is meant',
      '37:10 "med" changes a route that is then refused',
      '38:5 this is never asked: "s" before it ends with every route',
      '38:24 nothing ever sets "strickt"',
      '39:16 expected one of accept, reject, found "deny"',
      '40:10 "in" is a policy for exports too, and no other network i',
      '42:15 there is no key "whenever" here',
      '42:63 there is no key "set" here',
      '43:25 there is no network "nobody"',
      '46:40 a word of a configuration has no blanks, found "no blank',
      '48:24 whose configuration? say which node under `at`',
      '49:45 there is no node "ones"',
    ],
  ],
  [
    'bad-prefixes.yaml',
    [
      '8:14 129.134.31.0/23 has bits set behind its length',
      '9:14 expected an address block such as 129.134.30.0/24 or',
      '10:3 "from" is missing',
      '11:14 there is no node "pup"',
      '11:26 expected a number of at least 1, found 0',
    ],
  ],
  [
    'bad-shares.yaml',
    [
      '7:31 the shares add up to 130%, not to 100%',
      '8:38 expected a share from 0% to 100%, or rest, found "160%"',
      '8:44 u is a population, expected a resolver',
    ],
  ],
  [
    'bad-tasks.yaml',
    [
      '9:3 "after" is missing',
      '10:14 there is no node "opps"',
      '10:57 there is no change or fault "drain"',
      '11:18 whose hands? say which team',
      '12:18 a task with ways takes what they take',
    ],
  ],
  [
    'bare-globs.yaml',
    [
      '7:34 "pop.*" stands for 3 nodes, and this asks about one',
      '7:49 "pop.{1..2}" stands for 2 nodes, and this asks about one',
      '7:74 "*" stands for 4 nodes, and this asks about one',
    ],
  ],
  ['brace-bomb-nested.yaml', ['6:3 this makes too much: 97,029,900 nodes, links and other']],
  ['brace-bomb-parameter.yaml', ['8:3 this makes too much: 999,999,999,999 nodes, links and']],
  ['brace-bomb.yaml', ['6:3 this makes too much: 999,999,999 nodes, links and other']],
  ['brace-in-flow.yaml', ['5:14 a comma or a colon is missing here']],
  ['condition-bomb.yaml', ['13:48 this makes too much']],
  [
    'condition-names-itself.yaml',
    ['9:9 a condition names itself: up-and-down → up → up-and-down', '10:16 a condition names itself: down → down'],
  ],
  [
    'doubled-keys.yaml',
    [
      '6:31 "role" is written twice, first in line 6',
      '8:3 "a" is written twice, first in line 6',
      '9:1 "nodes" is written twice, first in line 5',
    ],
  ],
  ['empty.yaml', ['1:1 the file is empty']],
  [
    'fork-of-the-past.yaml',
    [
      '5:12 this is before 15:40Z, from when on the fork differs',
      '6:3 "f" is in the base already',
      '7:1 there is no key "nodes" here',
    ],
  ],
  [
    'huge-numbers.yaml',
    [
      '6:34 1e999 is not a number one can count with',
      '7:34 99999999999999999999 is too large a number to count with',
      '8:26 expected a number of at least 1, found -1',
      '9:26 expected a whole number, found 1.5',
    ],
  ],
  ['in-cycle.yaml', ['6:30 a place stands in itself: a in b in c in a', '9:30 a place stands in itself: d in d']],
  ['instance-bomb.yaml', ['7:3 this makes too much: 200,700 nodes, links and other']],
  ['journey-cycle.yaml', ['8:17 a journey takes in itself: b → a → b', '9:17 a journey takes in itself: a → b → a']],
  ['link-bomb.yaml', ['8:3 this makes too much: 1,250,025,000 nodes, links and']],
  ['merge-keys.yaml', ['7:8 merge keys (<<) are not part of YAML 1.2']],
  ['missing-base.yaml', ['2:10 there is no file "./nowhere.yaml"']],
  [
    'negative-times.yaml',
    [
      '6:33 a time span cannot be negative, found -5s',
      '6:50 a time span cannot be negative, found -1',
      '8:12 a time span cannot be negative, found -1m',
    ],
  ],
  ['no-version.yaml', ['1:1 "clock" is missing', '1:1 "netfall" is missing']],
  [
    'not-a-number.yaml',
    [
      '6:26 .nan is not a number one can count with',
      '7:34 .inf is not a number one can count with',
      '8:34 -.inf is not a number one can count with',
      '9:34 expected a number such as 3, 2e9, 85% or 30x, found',
    ],
  ],
  ['null-by-comma.yaml', ['6:37 "ChatGPT & Sora" has no value', '7:25 "title" has no value']],
  ['null-in-list.yaml', ['11:8 an entry of this list is empty']],
  ['null-node.yaml', ['6:3 "a" has no value', '7:3 "b" has no value']],
  ['only-a-list.yaml', ['1:1 a scenario is a map of keys and values']],
  ['only-a-word.yaml', ['1:1 a scenario is a map of keys and values']],
  ['only-comments.yaml', ['1:1 the file holds only comments']],
  [
    'other-format.yaml',
    [
      '1:1 "clock" is missing',
      '1:1 "id" is missing',
      '1:1 "netfall" is missing',
      '1:1 "title" is missing',
      '1:1 there is no key "apiVersion" here',
      '2:1 there is no key "kind" here',
      '3:1 there is no key "metadata" here',
    ],
  ],
  ['parameter-doubles.yaml', ['14:16 filled in, this is longer than 4000 characters']],
  [
    'parameter-refers-to-itself.yaml',
    ['6:15 this parameter refers to itself: $p → $q → $p', '8:15 this parameter refers to itself: $r → $r'],
  ],
  [
    'parameters-unknown.yaml',
    [
      '7:3 nothing uses the parameter "unused"',
      '8:3 nothing says where this number comes from',
      '10:33 there is no parameter "usd"',
    ],
  ],
  [
    'people-apart.yaml',
    [
      '9:24 this asks nobody, and so it is never alone',
      '11:31 these tasks wait for each other, and so nobody ever begins one: hear after tell after hear',
      '12:11 here and there are needed together, and no channel is used by all of them',
    ],
  ],
  ['power-in-its-own-place.yaml', ['7:31 power stands in hall, which needs it: neither could']],
  ['star-unquoted.yaml', ['7:27 *a stands for nothing: nothing before it is marked &a']],
  ['tab-indent.yaml', ['6:1 a tab stands where YAML wants blanks']],
  ['tags.yaml', ['6:6 tags (!) have no meaning here', '7:6 tags (!) have no meaning here']],
  ['two-documents.yaml', ['6:1 a second document begins here (---)']],
  ['unclosed-brace.yaml', ['7:3 this is indented wrongly, or a bracket before it is not']],
  ['unclosed-list.yaml', ['6:33 this is indented wrongly, or a bracket before it is not']],
  [
    'unclosed-quote.yaml',
    ['6:29 a quote is not closed', '8:1 this is indented wrongly, or a bracket before it is not'],
  ],
  [
    'unknown-journeys.yaml',
    ['6:34 there is no journey "raed"', '9:3 nobody makes this journey', '9:28 there is no symptom "no-idea"'],
  ],
  [
    'unknown-keys.yaml',
    [
      '5:1 there is no key "node" here',
      '7:22 there is no key "need" here',
      '7:35 there is no key "downafter" here',
      '9:16 there is no key "too" here',
      '9:24 there is no key "untill" here',
    ],
  ],
  [
    'unknown-kind.yaml',
    [
      '6:14 expected one of region, datacenter, router, pop,',
      '7:14 expected one of region, datacenter, router, pop,',
      '8:14 expected one of region, datacenter, router, pop,',
    ],
  ],
  [
    'unknown-names.yaml',
    [
      '6:34 there is no node or task "dsn"',
      '6:39 no node or task matches "pop.*"',
      '8:23 there is no node "web"',
      '10:20 there is no node or link "dn"',
    ],
  ],
  [
    'unknown-sources.yaml',
    [
      '6:25 expected one of official, measured, press, retold,',
      '8:27 there is no source "META"',
      '10:46 there is no source "T2"',
    ],
  ],
  [
    'variant-cycle.yaml',
    [
      '6:26 a variant builds on itself: b → a → b',
      '7:26 a variant builds on itself: a → b → a',
      '8:26 there is no variant "d"',
    ],
  ],
  [
    'wrong-indent.yaml',
    [
      '7:1 this is indented wrongly, or a bracket before it is not',
      '8:1 this is indented wrongly, or a bracket before it is not',
    ],
  ],
  ['wrong-version.yaml', ['1:10 expected 1, found 2']],
];

describe('a file', () => {
  test.each(FILES)('%s', (file, problems) => {
    expectRefused(text(file), file, problems);
  });

  test('is in the table, each of them', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml') && file !== 'base.yaml');
    expect(FILES.map(([file]) => file).sort()).toEqual(files.sort());
  });

  test('that is the base of a fork is sound', () => {
    expect(refused(text('base.yaml'), 'base.yaml').problems).toEqual(['nothing is wrong']);
  });
});
