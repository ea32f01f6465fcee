export const STYLE = `
:root { --ink: #2b2622; --gold: #a9803a; --paper: #fbf8f3; --line: #e3dacb; }
* { box-sizing: border-box; }
body { margin: 0; font: 17px/1.6 Georgia, serif; color: var(--ink); background: var(--paper); }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem 1.5rem; }
header { display: flex; flex-wrap: wrap; gap: 1.2rem; align-items: baseline; border-bottom: 1px solid var(--line); }
header .brand { font-size: 1.4rem; letter-spacing: .06em; margin-right: auto; }
a { color: var(--gold); }
h1 { font-weight: normal; font-size: 2rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; }
.card { background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: 1rem 1.2rem; }
form.wide { display: grid; gap: .8rem; max-width: 30rem; }
label { display: grid; gap: .2rem; }
input, select, button { font: inherit; padding: .45rem .6rem; border: 1px solid var(--line); border-radius: 4px; }
button { background: var(--gold); color: #fff; border: 0; cursor: pointer; }
button.plain { background: none; color: var(--gold); padding: 0; }
button.quiet { background: #fff; color: var(--ink); border: 1px solid var(--line); }
.error { color: #8c1d18; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .3rem 1.2rem .3rem 0; }
.actions { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1rem 0; }
footer { color: #8a8072; font-size: .85rem; }
`;
