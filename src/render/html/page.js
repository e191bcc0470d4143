
'use strict';

// Mentions and table rows of one chain, lit together under the pointer or the focus.
const chains = new Map();
for (const node of document.querySelectorAll('[data-chain]')) {
  const chain = chains.get(node.dataset.chain) ?? [];
  chains.set(node.dataset.chain, chain);
  chain.push(node);
}
let lit = [];
const light = node => {
  lit.forEach(other => other.classList.remove('on'));
  lit = node ? chains.get(node.dataset.chain) : [];
  lit.forEach(other => other.classList.add('on'));
};
const chained = node => node.closest('[data-chain]');
document.addEventListener('mouseover', event => light(chained(event.target) ?? chained(document.activeElement)));
document.addEventListener('focusin', event => light(chained(event.target)));
document.addEventListener('focusout', () => light(null));

// Filters.
for (const button of document.querySelectorAll('button[data-kind]')) {
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', on);
    for (const mark of document.querySelectorAll(`mark[data-kind=${button.dataset.kind}]`)) {
      mark.classList.toggle('off', !on);
      mark.tabIndex = on ? 0 : -1;
    }
    for (const rows of document.querySelectorAll(`tbody[data-kind=${button.dataset.kind}]`)) rows.hidden = !on;
  });
}

// What a mouse shows as tooltips, for keyboards and touch.
const hint = document.getElementById('hint');
const tell = node => {
  const told = [];
  for (let at = node.closest('main [title]'); at; at = at.parentElement.closest('main [title]')) told.push(at.title);
  hint.textContent = told.join(' · ');
  hint.hidden = told.length === 0;
};
document.addEventListener('focusin', event => tell(event.target));
document.addEventListener('click', event => tell(event.target));
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') hint.hidden = true;
});
