/** The look of the file to read: the paper and petrol of the city's page, without anything to load. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f5f1e8; --sheet: #fffdf8; --line: #e0d8c7; --ink: #1c2829; --quiet: #56625f; --petrol: #0e5b60;
  font: 106.25%/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #101718; --sheet: #1a2325; --line: #2d393b; --ink: #e9ece7; --quiet: #a3b1ae; --petrol: #83cdc9; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; -webkit-text-size-adjust: 100%; }
main { max-width: 45rem; margin: 0 auto; padding: 1.5rem clamp(0.875rem, 4vw, 1.5rem) 3rem; }
h1, h2 { margin: 0; font-family: Palatino, "Noto Serif", Cambria, Georgia, serif; line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 1.3rem + 1.6vw, 2.2rem); }
h2 { font-size: 1.25rem; }
p { margin: 0.5rem 0 0; }
a { color: var(--petrol); text-underline-offset: 0.18em; }
header p, footer, .none { color: var(--quiet); }
.from { margin: 0 0 0.25rem; color: var(--petrol); font-weight: 600; }
b { color: var(--quiet); font-weight: 400; font-variant-numeric: tabular-nums; }
ol, ul { margin: 0; padding: 0; list-style: none; }
nav { margin-top: 1.25rem; padding: 0.25rem 1rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--sheet); }
nav li + li { border-top: 1px solid var(--line); }
nav a { display: flex; justify-content: space-between; gap: 1rem; padding: 0.6rem 0; text-decoration: none; }
nav span { text-decoration: underline 1px; }
section { margin-top: 2rem; }
section ol { display: grid; gap: 0.625rem; margin-top: 0.75rem; }
section ol li { padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--sheet); }
dl { display: grid; gap: 0.375rem; margin: 0; }
dl div { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1rem; }
dt { color: var(--quiet); font-size: 0.875rem; }
dd { margin: 0; white-space: pre-line; }
summary { display: flex; align-items: center; gap: 0.75rem; min-height: 2.75rem; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; border: 0.35rem solid #0000; border-left: 0.55rem solid var(--petrol); border-right: 0; }
[open] > summary::before { rotate: 90deg; }
:focus-visible { outline: 3px solid #a8451f; outline-offset: 2px; }
.none ul { margin-top: 0.5rem; }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
@media (min-width: 34rem) {
  dl div { display: grid; grid-template-columns: 12rem 1fr; }
}
`
