import assert from 'node:assert/strict';
import fc from 'fast-check';
import { z } from 'zod';
import { MASK, secret } from './secrets.js';
import { missingSettings, settingsFields } from './settingsFields.js';
import { readSettingsForm } from './settingsForm.js';

const schema = z.object({
  name: z.string().max(20).default(''),
  essay: z.string().max(5_000).default(''),
  count: z.number().int().min(1).max(9).default(3).meta({ unit: 'minutes', title: 'How many' }),
  share: z.number().nullable().default(null),
  isOn: z.boolean().default(true),
  tone: z.enum(['plain', 'warm']).default('plain'),
  days: z.array(z.enum(['mon', 'tue'])).default([]),
  hosts: z.array(z.string()).default([]),
  key: secret().default('').meta({ required: true }),
  map: z.record(z.string(), z.number()).default({}),
});
const fields = settingsFields(schema);
const read = (sent: Record<string, unknown>) => readSettingsForm(fields, sent);

describe('the form of settings [module:core]', () => {
  it('has a field of the right kind for each entry of the schema, in its order', () => {
    assert.deepEqual(
      fields.map(({ name, kind }) => `${name} ${kind}`),
      [
        'name text',
        'essay textarea',
        'count number',
        'share number',
        'isOn switch',
        'tone select',
        'days choices',
        'hosts list',
        'key secret',
        'map json',
      ],
    );
    const count = fields.find(({ name }) => name === 'count');
    assert.deepEqual(
      [count?.unit, count?.title, count?.min, count?.max, count?.isInteger],
      ['minutes', 'How many', 1, 9, true],
    );
    assert.deepEqual(fields.find(({ name }) => name === 'days')?.options, ['mon', 'tue']);
  });

  it('reads what browsers send', () => {
    assert.deepEqual(
      read({
        name: ' Us ',
        count: '4',
        share: '1,5',
        tone: 'warm',
        days: 'mon',
        hosts: 'a\r\n\r\n b ',
        key: '',
        map: '{"a":1}',
      }).values,
      {
        name: 'Us',
        essay: '',
        count: 4,
        share: 1.5,
        isOn: false,
        tone: 'warm',
        days: ['mon'],
        hosts: ['a', 'b'],
        key: MASK,
        map: { a: 1 },
      },
    );
    assert.equal(read({ share: '', map: '{}', count: '1' }).values['share'], null);
    assert.equal(read({ keyRemove: 'true', key: 'x' }).values['key'], '');
  });

  it('says which field could not be read, and leaves unknown ones for the schema to refuse', () => {
    const { errors, values } = read({ count: 'many', map: '{', colour: 'red' });
    assert.deepEqual(
      errors.map(({ path }) => path),
      ['count', 'map'],
    );
    assert.equal(values['colour'], 'red');
  });

  it('brings back every setting that it shows', () => {
    fc.assert(
      fc.property(
        fc.record({
          name: fc.stringMatching(/^[a-z]{0,20}$/),
          count: fc.integer({ min: 1, max: 9 }),
          share: fc.option(fc.integer()),
          isOn: fc.boolean(),
          tone: fc.constantFrom('plain', 'warm'),
          days: fc.uniqueArray(fc.constantFrom('mon', 'tue')),
          hosts: fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 4 }),
          map: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.integer()),
        }),
        (values) => {
          const sent: Record<string, unknown> = {
            ...values,
            count: String(values.count),
            share: values.share === null ? '' : String(values.share),
            hosts: values.hosts.join('\r\n'),
            map: JSON.stringify(values.map),
            ...(values.isOn ? { isOn: 'true' } : { isOn: undefined }),
          };
          const given = read(sent);
          assert.deepEqual(given.errors, []);
          assert.deepEqual(schema.parse({ ...given.values, key: 'k' }), {
            essay: '',
            key: 'k',
            ...values,
            map: { ...values.map },
          });
        },
      ),
    );
  });

  it('misses what has to be filled in, and nothing else', () => {
    assert.deepEqual(missingSettings(schema, schema.parse({})), ['key']);
    assert.deepEqual(missingSettings(schema, schema.parse({ key: 'x' })), []);
  });
});
