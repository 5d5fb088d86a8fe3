import assert from 'node:assert/strict';
import fc from 'fast-check';
import { testFrame, testRenderer } from '../render.fixture.js';
import { chartOf } from './chartOf.js';
import type { ChartSpec } from './chartSpec.js';
import { scaleFor } from './scale.js';

const spec = (extra: Partial<ChartSpec> = {}): ChartSpec => ({
  kind: 'line',
  title: 'Stores',
  summary: 'From 10 to 40 in four months.',
  xLabels: ['Jan', 'Feb', 'Mar', 'Apr'],
  series: [{ name: 'Stores', points: [10, 20, 30, 40] }],
  unit: '',
  ...extra,
});
const english = { language: 'en' } as const;

describe('chartOf [module:core]', () => {
  it('puts ticks at round numbers around all values', () => {
    assert.deepEqual(scaleFor([3, 96], { fromZero: true }).ticks, [0, 25, 50, 75, 100]);
    assert.deepEqual(scaleFor([0.1, 0.3], { fromZero: true }).ticks, [0, 0.1, 0.2, 0.3]);
    assert.deepEqual(scaleFor([-5, 5], { fromZero: true }).ticks, [-5, -2.5, 0, 2.5, 5]);
    assert.deepEqual(scaleFor([], { fromZero: true }).ticks, [0, 0.25, 0.5, 0.75, 1]);
    assert.deepEqual(scaleFor([1000, 1010], { fromZero: false }).ticks, [1000, 1002.5, 1005, 1007.5, 1010]);
  });
  it('starts bars at zero, however far their ends are from it', () => {
    const { ticks } = chartOf(
      spec({ kind: 'bar', series: [{ name: 'a', points: [100, 101, 102, 103] }] }),
      english,
    );
    assert.equal(ticks[0]?.label, '0');
  });
  it('leaves a gap where a value is missing, and shows a value that stands alone as a dot', () => {
    const points = [10, 20, null, 40, null];
    const { series } = chartOf(spec({ xLabels: [...'abcde'], series: [{ name: 'a', points }] }), english);
    assert.equal(series[0]?.line?.match(/M/g)?.length, 1, 'one stretch of two');
    assert.deepEqual(
      series[0]?.dots.map(({ text }) => text),
      ['a, a: 10', 'a, b: 20', 'a, d: 40'],
    );
  });
  it('draws a band only where both bounds are known', () => {
    const bounds = { low: [null, 15, 25, 30], high: [null, 25, 35, 50] };
    const { series, ticks } = chartOf(
      spec({ series: [{ name: 'a', points: [10, 20, 30, 40], ...bounds }] }),
      english,
    );
    assert.equal(series[0]?.band?.match(/[ML]/g)?.length, 6);
    assert.equal(ticks.at(-1)?.label, '60', 'the axis holds the bounds too');
  });
  it('writes numbers as the language does, with the unit or as money', () => {
    const german = chartOf(spec({ unit: 'GB', series: [{ name: 'a', points: [0, 500, 1000, 1500] }] }), {
      language: 'de',
    });
    assert.equal(german.ticks.at(-1)?.label, '1.500 GB');
    const euros = chartOf(spec({ unit: { currency: 'EUR' } }), english);
    assert.match(euros.ticks.at(-1)?.label ?? '', /€0\.40/);
  });
  it('tells the same in a table, gaps in words', () => {
    const { table } = chartOf(spec({ series: [{ name: 'a', points: [1, null, 3, 4] }] }), {
      ...english,
      none: 'nothing',
    });
    assert.deepEqual(
      table.rows.map((row) => row.map(({ text }) => text)),
      [
        ['Jan', '1'],
        ['Feb', 'nothing'],
        ['Mar', '3'],
        ['Apr', '4'],
      ],
    );
  });
  it('refuses a series with more or fewer points than labels, and more than five series', () => {
    assert.throws(() => chartOf(spec({ series: [{ name: 'a', points: [1] }] }), english), RangeError);
    const series = Array.from({ length: 6 }, () => ({ name: 'a', points: [1, 2, 3, 4] }));
    assert.throws(() => chartOf(spec({ series }), english), RangeError);
  });
  it('keeps everything inside the picture, for any figures', () => {
    const value = fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { nil: null });
    const charts = fc.tuple(
      fc.constantFrom('line' as const, 'bar' as const, 'area' as const),
      fc.integer({ min: 0, max: 40 }).chain((places) =>
        fc.record({
          places: fc.constant(places),
          series: fc.array(fc.array(value, { minLength: places, maxLength: places }), {
            minLength: 1,
            maxLength: 5,
          }),
        }),
      ),
    );
    fc.assert(
      fc.property(charts, ([kind, { places, series }]) => {
        const xLabels = Array.from({ length: places }, (_, index) => `${index}`);
        const chart = chartOf(
          spec({ kind, xLabels, series: series.map((points) => ({ name: 'a', points })) }),
          english,
        );
        for (const { line, area, bars, dots } of chart.series) {
          const numbers = `${line ?? ''} ${area ?? ''}`.match(/-?[\d.]+(?:e[+-]?\d+)?/g)?.map(Number) ?? [];
          const flat = [
            ...numbers,
            ...bars.flatMap((bar) => [bar.x, bar.y, bar.x + bar.width, bar.y + bar.height]),
            ...dots.flatMap(({ x, y }) => [x, y]),
          ];
          assert.ok(
            flat.every((number) => number >= -1 && number <= 441),
            String(flat),
          );
        }
        assert.ok(chart.ticks.length >= 2 && chart.ticks.length <= 12, String(chart.ticks.length));
      }),
      { numRuns: 500 },
    );
  });
  it('is drawn with title, description, table and without inline style', () => {
    const { renderer, remove } = testRenderer({ 'shop/page.hbs': '{{> chart chart=chart}}' });
    const html = renderer.renderFragment('shop/page', {
      frame: testFrame(),
      data: {
        chart: chartOf(
          spec({
            kind: 'area',
            series: [
              { name: 'a', points: [1, null, 3, 4] },
              { name: 'b', points: [4, 3, 2, 1] },
            ],
          }),
          english,
        ),
      },
    });
    assert.match(html, /<svg[^>]*role="img"[\s\S]*<title>Stores<\/title>[\s\S]*<desc>From 10 to 40/);
    assert.match(html, /<details[\s\S]*<table/);
    assert.doesNotMatch(html, /style=/);
    remove();
  });
});
