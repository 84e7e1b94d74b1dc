import { expect, test } from 'vitest'
import { html, unsafe } from '../../../src/platform/html/html.ts'

test.each([
  ['text', html`<p>${'<b> & "c"'}</p>`, '<p>&lt;b&gt; &amp; &quot;c&quot;</p>'],
  ['an attribute', html`<p title='${"it's"}'></p>`, "<p title='it&#39;s'></p>"],
  ['numbers, zero too', html`<p>${0}</p>`, '<p>0</p>'],
  ['nothing', html`<p>${false}${null}${undefined}</p>`, '<p></p>'],
  [
    'parts',
    html`<ul>${['<', 'b'].map(item => html`<li>${item}</li>`)}</ul>`,
    '<ul><li>&lt;</li><li>b</li></ul>',
  ],
  ['markup that was vouched for', html`<p>${unsafe('<b>')}</p>`, '<p><b></p>'],
])('%s is written right', (_name, made, expected) => {
  expect(made.toString()).toBe(expected)
})

test('an object that only looks like markup is not taken for it', () => {
  const forged = JSON.parse('{"markup":"<script>"}')
  expect(() => html`${forged}`).toThrow()
})
