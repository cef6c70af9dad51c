/**
 * Words that say what kind of question it is, not what it is about, in the languages most questions come in. Another
 * language is still understood: its most frequent words then count for little because they are everywhere.
 */
const EN =
  'a about actually also am an and any anybody anyone anything are as at be been before being but by can cannot cant change changes ' +
  'could did do does doing describe dont explain for from get gets give given go had happen happens has have having he hello help her here hers hey hi ' +
  'him his how however i id if ill im in into is isnt it its ive just know let like look made make makes many may me mean means ' +
  'might mine more most much must my need needs no not now of off ok okay on one only or other our ours out over own ' +
  'please possible really s same say see set sets shall she should show so some somebody someone something such support supported supports t tell than ' +
  'thank thanks that thats the their theirs them then there theres these they thing things think this those to too try ' +
  'understand up us use used uses using very want wants was way we well were what whats when where which while who ' +
  'whom whose why will with without wont work works would yes you your yours';
const DE =
  'aber alle als also am an auch auf aus bei beim bin bis bitte bist da dabei damit danke dann das dass dein deine dem ' +
  'den denn der des dich die dies diese diesem diesen dieser dieses dir doch du durch ein eine einem einen einer eines ' +
  'er es etwas euch euer funktioniert funktionieren fur gern geht gibt habe haben hallo hat hatte hier ich ihm ihn ihnen ihr ihre im in ist ja ' +
  'jede jeder kann kannst kein keine konnen machen mal man mein meine mich mir mit moglich muss mussen nach nein nicht ' +
  'noch nur ob oder ohne sein seine sich sie sind so soll sollte uber um und uns unser unter unterstutzt unterstutzen viel vom von vor war warum ' +
  'was welche welchem welchen welcher welches wenn wer werden wie wieso wieviel will wir wird wo wozu wurde zu zum zur';
const FR =
  'au aux avec ce ces cet cette comment dans de des du elle en est et eux fonctionne il ils je la le les leur leurs lui ma mais ' +
  'me mes moi mon ne nos notre nous ou par pas peut pour pouvez puis que quel quelle quelles quels qui sa sans se ses ' +
  'son sont sur ta te tes toi ton tu un une vos votre vous';
const ES =
  'al como con cual cuales cuando de del donde el ella ellas ellos en entre es esta este esto funciona hay la las le les lo los ' +
  'me mi mis muy para pero por porque puede puedo que quien se ser si sin sobre son su sus te tu tus un una uno unos y yo';

const BY_LANGUAGE = { en: EN, de: DE, fr: FR, es: ES } as const;
const LANGUAGES = Object.entries(BY_LANGUAGE).map(([language, words]) => ({
  language,
  words: new Set(words.split(' ')),
}));

export const STOP_WORDS: ReadonlySet<string> = new Set(LANGUAGES.flatMap(({ words }) => [...words]));

/** The language, such as `en`, that more of the words are typical of than of any other; `undefined` if there is none. */
export function languageOf(words: readonly string[]): string | undefined {
  const counts = LANGUAGES.map(({ language, words: typical }) => ({
    language,
    count: words.filter((word) => typical.has(word)).length,
  })).sort((a, b) => b.count - a.count);
  const [first, second] = counts;
  return first !== undefined && second !== undefined && first.count > second.count ? first.language : undefined;
}
