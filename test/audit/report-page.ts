import { createHash } from 'node:crypto';
import { CASE_KINDS } from '../isolation/case-catalogue.ts';
import { isClean } from './compose-report.ts';
import { type Html, html, withCode } from './html.ts';
import type { CaseResult, ClaimResult, IsolationReport, ReportedAttempt, ReportedCase } from './report-schema.ts';
import { REPORT_STYLE } from './report-style.ts';

/** The report as one page that needs nothing else: no script, no font, no request; light, dark and on paper. */
export function renderPage(report: IsolationReport): string {
  const style = createHash('sha256').update(REPORT_STYLE).digest('base64');
  const page = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${style}'">
<title>Isolation report: ${nameOf(report)}</title>
<style>${{ html: REPORT_STYLE }}</style>
<main>
${renderHead(report)}
${renderErrors(report.errors)}
<h2>Promises</h2>
${renderClaims(report)}
<h2>Cases</h2>
<p class="quiet">Each case is one way to break a promise. Open one to see what was tried and what was seen. Numbers are stable, so there are gaps.</p>
${report.cases.map(renderCase)}
${renderFoot(report)}
</main>
</html>
`;
  return page.html;
}

function nameOf({ subject, source }: IsolationReport): string {
  return subject.kind === 'deployment' ? subject.target : `Casement ${source.version}`;
}

function renderHead(report: IsolationReport): Html {
  const { counts, source, environment, subject } = report;
  const tone = isClean(report) ? 'good' : counts.failed === 0 && report.errors.length === 0 ? 'partial' : 'bad';
  return html`<header>
<p class="eyebrow">Casement · isolation report</p>
<h1>${nameOf(report)}</h1>
<p class="verdict ${tone}">${describeVerdict(report)}</p>
<ul class="counts">
${[
  countTile('passed', counts.passed),
  countTile('failed', counts.failed),
  countTile('skipped', counts.skipped),
  countTile('not run', counts.notRun),
]}
</ul>
<dl class="facts">
${subject.kind === 'deployment' ? fact('Key', subject.key) : undefined}
${subject.kind === 'deployment' ? fact('Listed site', subject.origin ?? 'none given: what needs one was not tried') : undefined}
${fact('Commit', `${source.commit.slice(0, 12)}${source.hasLocalChanges ? ', with local changes' : ''}`)}
${fact('Browser', `${environment.browser.name} ${environment.browser.version}`)}
${fact('System', `${environment.os}, Node ${environment.node}`)}
${fact('Run', `${showTime(report.startedAt)} to ${showTime(report.endedAt)} UTC`)}
${fact('Browsers not run', report.browsersNotRun.map(({ name }) => name).join(', '))}
</dl>
</header>`;
}

function describeVerdict({ counts, errors, claims }: IsolationReport): string {
  const broken = claims.filter(({ result }) => result === 'broken').map(({ id }) => id);
  if (broken.length > 0) return `Broken: ${broken.join(', ')}. ${counts.failed} of the cases did not go as promised.`;
  if (errors.length > 0) return 'No case failed, but the run itself had errors.';
  if (counts.passed === 0) return 'Nothing was tried.';
  const open = counts.skipped + counts.notRun;
  return `Every case that was run went as promised.${open > 0 ? ` ${open} were not run or only in part; each says why.` : ''}`;
}

function countTile(result: CaseResult, count: number): Html {
  return html`<li class="${count === 0 ? 'not-run' : classOf(result)}"><b>${count}</b> ${result}</li>`;
}

function fact(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function renderErrors(errors: readonly string[]): Html | undefined {
  if (errors.length === 0) return undefined;
  return html`<h2>Errors beside the cases</h2>${errors.map((error) => html`<pre>${error}</pre>`)}`;
}

function renderClaims({ claims, cases }: IsolationReport): Html {
  const rows = claims.map(({ id, promise, control, result, cases: ids }) => {
    const own = cases.filter((reported) => ids.includes(reported.id));
    const links = own.map(
      (reported) =>
        html`<a class="number ${classOf(reported.result)}" href="#case-${reported.id}" title="${reported.result}: ${reported.title}">${reported.id}</a> `,
    );
    return html`<tr><th scope="row">${id}</th><td><p>${emphasise(promise)}</p><p class="quiet">${withCode(control)}</p></td>
<td>${badge(result)}</td><td class="numbers">${links}</td></tr>`;
  });
  return html`<table class="claims"><thead><tr><th scope="col"></th><th scope="col">Promise and control</th><th scope="col">Result</th><th scope="col">Cases</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

/** The promises stress one word, as `*now*`. */
function emphasise(text: string): Html[] {
  return text.split('*').map((part, index) => (index % 2 === 0 ? html`${part}` : html`<em>${part}</em>`));
}

function renderCase(reported: ReportedCase): Html {
  const { id, title, claims, kind, expected, result, reason, observed, evidence, attempts } = reported;
  return html`<details class="case ${classOf(result)}" id="case-${id}"${result === 'failed' ? html` open` : undefined}>
<summary><span class="id">${id}</span><span class="title">${withCode(title)}</span><span class="claim">${claims.join(' ')}</span><span class="kind">${CASE_KINDS[kind]}</span>${badge(result)}</summary>
<dl>
<div><dt>Expected</dt><dd>${expected}</dd></div>
${reason === undefined ? undefined : html`<div><dt>Not run, because</dt><dd>${reason}</dd></div>`}
${observed.length === 0 ? undefined : html`<div><dt>Observed</dt><dd>${observed.map((line) => html`<p>${line}</p>`)}</dd></div>`}
${
  evidence === undefined
    ? undefined
    : html`<div><dt>Evidence</dt><dd><a href="${evidence.file}">${evidence.file}</a> <span class="quiet">${evidence.bytes} bytes, sha256 <code>${evidence.sha256}</code></span></dd></div>`
}
</dl>
${attempts.length === 0 ? undefined : html`<ol class="attempts">${attempts.map(renderAttempt)}</ol>`}
</details>
`;
}

function renderAttempt({ name, file, result, observed, error }: ReportedAttempt): Html {
  const seen = observed.map((line) => html`<p class="seen">${line}</p>`);
  return html`<li class="${classOf(result)}"><p>${name}${result === 'passed' ? undefined : badge(result)} <span class="quiet">${file}</span></p>${seen}${error === undefined ? undefined : html`<pre>${error}</pre>`}</li>`;
}

function badge(result: CaseResult | ClaimResult): Html {
  return html`<span class="badge ${classOf(result)}">${result}</span>`;
}

function classOf(result: CaseResult | ClaimResult): string {
  if (result === 'kept') return 'passed';
  if (result === 'broken') return 'failed';
  return result === 'not tried' ? 'not-run' : result.replace(' ', '-');
}

function renderFoot({ browsersNotRun, version }: IsolationReport): Html {
  return html`<footer class="quiet">
${browsersNotRun.map(({ name, reason }) => html`<p>${name} was not run: ${reason}.</p>`)}
<p>“Kept” means that no case broke the promise and at least one tried to. It does not mean that nobody ever can.</p>
<p>The same report for programs is <code>isolation-report.json</code>, version ${version} of its schema.</p>
</footer>`;
}

function showTime(moment: string): string {
  return moment.slice(0, 19).replace('T', ' ');
}
