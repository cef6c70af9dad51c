/** The style sheet of the report. Results are told by words, colours only repeat them. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --paper: #ffffff; --ink: #14181f; --quiet: #59616e; --line: #e1e5eb; --accent: #0059ff;
  --good: #0b7a3e; --good-ground: #e3f5ea; --bad: #b3261e; --bad-ground: #fdeae8;
  --warn: #8a5a00; --warn-ground: #fdf1d8; --none: #59616e; --none-ground: #eceff3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1216; --paper: #171b21; --ink: #e9ecf1; --quiet: #9aa4b2; --line: #2a313b; --accent: #7aa7ff;
    --good: #6fd39a; --good-ground: #12301f; --bad: #ff9c92; --bad-ground: #3a1714;
    --warn: #f0c060; --warn-ground: #33270c; --none: #9aa4b2; --none-ground: #232931;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 40px 24px 64px; }
p, dl, dd, ul, ol { margin: 0; padding: 0; }
h1 { margin: 0 0 8px; font-size: 30px; line-height: 1.2; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 40px 0 12px; font-size: 19px; }
a { color: var(--accent); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code, pre { font: 0.86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { margin: 8px 0 0; padding: 10px 12px; background: var(--bad-ground); border-radius: 8px; white-space: pre-wrap; }
.quiet { color: var(--quiet); }
.eyebrow { color: var(--accent); font-weight: 600; font-size: 13px; margin-bottom: 6px; }
header { background: var(--paper); border: 1px solid var(--line); border-radius: 14px; padding: 28px; }
.verdict { font-size: 17px; font-weight: 600; }
.verdict.good { color: var(--good); }
.verdict.partial { color: var(--warn); }
.verdict.bad { color: var(--bad); }
.counts { display: grid; grid-template-columns: repeat(4, 1fr); gap: 10px; margin: 20px 0; list-style: none; }
.counts li { padding: 12px 14px; border-radius: 10px; font-size: 13px; }
.counts b { display: block; font-size: 26px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.passed { --tone: var(--good); --tone-ground: var(--good-ground); }
.failed { --tone: var(--bad); --tone-ground: var(--bad-ground); }
.skipped { --tone: var(--warn); --tone-ground: var(--warn-ground); }
.not-run { --tone: var(--none); --tone-ground: var(--none-ground); }
.counts li, .badge, .number { color: var(--tone); background: var(--tone-ground); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(270px, 1fr)); gap: 10px 24px; }
dt { color: var(--quiet); font-size: 13px; }
dd { overflow-wrap: anywhere; }
.badge { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 13px; font-weight: 600; white-space: nowrap; }
table { width: 100%; border-collapse: collapse; background: var(--paper); border: 1px solid var(--line); border-radius: 14px; border-spacing: 0; overflow: hidden; }
th, td { text-align: left; vertical-align: top; padding: 12px 14px; border-bottom: 1px solid var(--line); }
thead th { font-size: 13px; font-weight: 600; color: var(--quiet); padding-block: 8px; }
tbody tr:last-child > * { border-bottom: 0; }
td .quiet { font-size: 13px; margin-top: 2px; }
.numbers { width: 24%; line-height: 2; }
.number { display: inline-block; min-width: 28px; padding: 0 6px; border-radius: 6px; text-align: center; text-decoration: none; font-size: 13px; font-variant-numeric: tabular-nums; line-height: 1.6; }
.case { background: var(--paper); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 10px; margin-top: 8px; }
.case:target { border-color: var(--accent); }
summary { display: grid; grid-template-columns: 34px 1fr auto auto auto; gap: 12px; align-items: baseline; padding: 10px 14px; cursor: pointer; list-style: none; border-radius: 10px; }
summary::-webkit-details-marker { display: none; }
summary:hover .title { color: var(--accent); }
.id { font-weight: 700; font-variant-numeric: tabular-nums; text-align: right; }
.claim, .kind { color: var(--quiet); font-size: 13px; }
.case dl { display: grid; gap: 10px; padding: 4px 14px 14px 60px; }
.attempts { padding: 4px 14px 14px 84px; border-top: 1px solid var(--line); }
.attempts li { padding-top: 10px; overflow-wrap: anywhere; }
.attempts .quiet { font-size: 13px; }
.attempts .badge { margin-left: 8px; }
.seen { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--quiet); }
footer { margin-top: 32px; font-size: 13px; display: grid; gap: 4px; }
@media (max-width: 700px) {
  main { padding: 16px 12px 40px; }
  header { padding: 20px 16px; }
  .counts { grid-template-columns: repeat(2, 1fr); }
  summary { grid-template-columns: 28px 1fr auto; }
  .claim, .kind { display: none; }
  .claims thead { display: none; }
  .claims tr { display: grid; grid-template-columns: 44px 1fr; border-bottom: 1px solid var(--line); padding: 12px 0; }
  .claims tbody tr:last-child { border-bottom: 0; }
  .claims th, .claims td { border: 0; padding: 2px 14px; }
  .claims td:nth-child(n + 3) { grid-column: 2; }
  .numbers { width: auto; }
  .case dl { padding-left: 14px; }
  .attempts { padding-left: 36px; }
}
@media print {
  :root { --ground: #fff; --paper: #fff; --ink: #000; --quiet: #444; --line: #ccc; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  header, .case, tr { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .attempts { display: none; }
  .counts li, .badge, .number { border: 1px solid currentColor; print-color-adjust: exact; }
}
`;
