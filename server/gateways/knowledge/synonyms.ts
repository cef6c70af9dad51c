import { stemOf } from './words.ts';

/**
 * What visitors say, and after the `>` what articles call it. German is there because documentation in English is asked
 * in German as well. Words are without accents, as `wordsOf` makes them.
 */
const LINES = [
  'embed install integrate add insert include einbauen einbau baue einbinden binde einbetten bette installieren integrieren hinzufugen > embed install integrate snippet script tag',
  'website webpage page homepage webseite seite shop > site',
  'cost price pricing fee charge pay paid free kosten kostet kostenlos preis preise gebuhr bezahlen gratis > cost price fee free pay license',
  'license lizenz > license',
  'key token schlussel > key',
  'rotate renew replace change rotieren erneuern wechseln austauschen tauschen > rotate rotation renew',
  'delete remove erase loschen entfernen > delete remove erase',
  'start run launch boot starten > start run',
  'deploy deployment hosten betreiben produktion > production deploy host',
  'configure settings setting option options parameter konfigurieren konfiguration einstellung einstellungen einstellen > configure configuration setting option variable',
  'environment umgebungsvariable umgebungsvariablen > variable',
  'color colors colour colours theme style farbe farben aussehen > colour color theme accent',
  'language languages translation sprache sprachen ubersetzung > language locale',
  'database db datenbank speicher > store database mongodb',
  'data daten > data store',
  'backup sichern sicherung > back copy',
  'privacy gdpr dsgvo datenschutz > privacy cookie store',
  'secure security safe sicher sicherheit > security secure isolation',
  'isolated sandboxed isoliert isolierung > isolation sandbox',
  'csp > content security policy',
  'llm ai openai chatgpt gpt ki modell modelle > model',
  'error problem issue broken fehler kaputt > error fail failure',
  'update upgrade aktualisieren aktualisierung > update upgrade',
  'nginx apache caddy traefik > proxy',
  'big large heavy size weight gross > size kb byte',
  'vulnerability bug schwachstelle > vulnerability report security',
  'shipping delivery deliver versand lieferung lieferzeit liefern > shipping delivery ship',
  'refund return returns ruckgabe umtausch zurucksenden erstattung > return refund',
  'order bestellung bestellen > order',
  'phone mobile smartphone handy mobil > mobile phone',
  'reach kontakt kontaktieren erreichen > contact',
];

const SYNONYMS = new Map<string, ReadonlySet<string>>();
for (const line of LINES) {
  const [said = '', written = ''] = line.split(' > ');
  for (const stem of said.split(' ').map(stemOf)) {
    SYNONYMS.set(stem, new Set([...(SYNONYMS.get(stem) ?? []), ...written.split(' ').map(stemOf)]));
  }
}

/** The stems that articles may use where the visitor used this one; without the stem itself. */
export function synonymsOf(stem: string): readonly string[] {
  return [...(SYNONYMS.get(stem) ?? [])].filter((other) => other !== stem);
}
