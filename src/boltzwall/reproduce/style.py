"""The look of a report in a browser and in print."""

STYLE = """
:root { --ink: #1b1d21; --soft: #565d68; --rule: #d5d9e0; --tint: #f3f6f9; --link: #0a5c8f; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #fff; line-height: 1.55; font-size: 17px;
  font-family: "Source Serif 4", "STIX Two Text", Charter, Georgia, "DejaVu Serif", serif;
  display: grid; grid-template-columns: 15rem minmax(0, 54rem); gap: 2.5rem;
  justify-content: center; padding: 0 1.5rem; }
h1, h2, h3, nav, th, td, figcaption, .verdict { font-family: system-ui, "DejaVu Sans", sans-serif; }
nav { position: sticky; top: 0; align-self: start; padding: 3.2rem 0 0; font-size: 0.82rem; }
nav a { display: block; color: var(--soft); text-decoration: none; padding: 0.3rem 0 0.3rem 0.8rem;
  border-left: 2px solid var(--rule); line-height: 1.3; }
nav a:hover, nav a:focus { color: var(--link); border-color: var(--link); }
main { padding: 2.5rem 0 5rem; min-width: 0; }
h1 { font-size: 1.75rem; line-height: 1.22; margin: 0 0 1rem; }
h2 { font-size: 1.3rem; margin: 3rem 0 0.8rem; border-bottom: 1px solid var(--rule);
  padding-bottom: 0.3rem; }
h3 { font-size: 1.02rem; margin: 2rem 0 0.4rem; line-height: 1.35; }
#in-short + p, #in-short ~ .lead { background: none; }
ol li { margin: 0.35rem 0; }
table { border-collapse: collapse; margin: 1rem 0; font-size: 0.78rem; line-height: 1.35;
  font-variant-numeric: tabular-nums; }
th, td { padding: 0.32rem 0.75rem 0.32rem 0; border-bottom: 1px solid var(--rule);
  text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--ink); }
tbody tr:hover { background: var(--tint); }
td:first-child { min-width: 9rem; }
sub, sup { line-height: 0; font-size: 0.72em; }
code { font-size: 0.86em; background: var(--tint); padding: 0.05em 0.3em; border-radius: 3px; }
figure { margin: 2rem 0; }
figure img, figure video { display: block; width: 100%; height: auto; }
figcaption { font-size: 0.82rem; color: var(--soft); margin-top: 0.6rem; line-height: 1.45; }
figcaption strong { color: var(--ink); }
.verdict { font-size: 0.82rem; color: var(--soft); }
.scroll { overflow-x: auto; }
@media (max-width: 900px) { body { display: block; padding: 0 1rem; } nav { display: none; } }
@media print { body { display: block; font-size: 10pt; } nav { display: none; }
  figure, table { break-inside: avoid; } }
"""
