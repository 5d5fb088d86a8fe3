import { z } from 'zod';
import { flash } from '../../http/flash/flash.js';
import { LANGUAGES } from '../../kernel/context.js';
import {
  defineRoute,
  redirect,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import { LANGUAGE_NAMES } from '../../render/PageFrame.js';
import type { PlatformDraft } from '../../tenancy/models/PlatformDraft.js';
import {
  MODULE_PRESETS,
  nextStep,
  PLATFORM_STEPS,
  PRESET_NAMES,
  type PlatformAnswers,
  type PlatformStep,
} from '../../tenancy/services/platformSteps.js';
import type { CoreParts } from '../core/CoreParts.js';
import { adminDetail } from '../views/adminDetail.js';
import { adminForm, orForm, type FormField, type FormProblem, type FormValues } from '../views/adminForm.js';
import { wordsOf, type Words } from '../views/words.js';
import { createFromDraft } from './createFromDraft.js';
import { languageFields } from './languageFields.js';

const BASE = '/platforms/new';
const several = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(z.string().max(300)).optional(),
);
const typed = z.string().max(300).optional();
/** All that any step asks: each step takes its own, and refuses the rest. */
const answerInput = z.object({
  name: typed,
  code: typed,
  domain: typed,
  host: typed,
  modules: typed,
  defaultLanguage: typed,
  languages: several,
  theme: typed,
});
const draftId = z.object({ draftId: z.uuid() });
const stepInput = draftId.extend({ step: z.enum(PLATFORM_STEPS) });
const common = {
  surface: 'admin',
  scope: 'global',
  kind: 'page',
  access: 'platform-admin.platforms.create',
  menu: 'platforms',
} as const;

/**
 * A new platform, step by step. Each step is a form of its own whose answer is kept, so that one can go back, and come
 * back another day; the platform is made at the end, all at once.
 */
export const platformWizard = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    method: 'GET',
    path: BASE,
    handle: (ctx) => begin(parts, ctx, {}),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: BASE,
    input: answerInput,
    handle: (ctx, input) =>
      orForm(
        async () => goOn(ctx, await parts.platformDrafts.begin(ctx, defined(input))),
        (problem) => begin(parts, ctx, input, problem),
      ),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    path: `${BASE}/:draftId`,
    input: draftId,
    handle: async (ctx, input) => {
      const draft = await parts.platformDrafts.get(ctx, input.draftId);
      return nextStep(draft.answers) ? goOn(ctx, draft) : review(parts, ctx, draft);
    },
  }),
  defineRoute({
    ...common,
    method: 'GET',
    path: `${BASE}/:draftId/steps/:step`,
    input: stepInput,
    handle: async (ctx, { draftId: id, step }) =>
      stepForm(parts, ctx, await parts.platformDrafts.get(ctx, id), step, undefined),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: `${BASE}/:draftId/steps/:step`,
    input: answerInput.extend(stepInput.shape),
    handle: (ctx, { draftId: id, step, ...input }) =>
      orForm(
        async () => goOn(ctx, await parts.platformDrafts.answer(ctx, id, step, defined(input))),
        async (problem) =>
          stepForm(parts, ctx, await parts.platformDrafts.get(ctx, id), step, { values: input, problem }),
      ),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: `${BASE}/:draftId/create`,
    input: draftId,
    handle: (ctx, input) =>
      orForm(
        async () => {
          const platform = await createFromDraft(parts, ctx, input.draftId);
          return redirect(
            `${ctx.links.to('admin', '/platforms/')}${platform.code}/platform`,
            303,
            flash(ctx, { kind: 'success', key: 'core.platforms.created', values: { name: platform.name } }),
          );
        },
        async (problem) => review(parts, ctx, await parts.platformDrafts.get(ctx, input.draftId), problem),
      ),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: `${BASE}/:draftId/discard`,
    input: draftId,
    handle: async (ctx, input) => {
      await parts.platformDrafts.discard(ctx, input.draftId);
      return redirect(
        ctx.links.to('admin', '/platforms'),
        303,
        flash(ctx, { kind: 'success', key: 'core.platforms.draftDiscarded' }),
      );
    },
  }),
];

/** What a form did not send is not an answer. */
const defined = (input: object): object =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** To the first step without an answer, or to the review. */
function goOn(ctx: RouteContext, { id, answers }: PlatformDraft): Redirect {
  const step = nextStep(answers);
  return redirect(ctx.links.to('admin', step ? `${BASE}/${id}/steps/${step}` : `${BASE}/${id}`));
}

async function begin(
  parts: CoreParts,
  ctx: RouteContext,
  values: FormValues,
  problem?: FormProblem,
): Promise<View> {
  const t = wordsOf(parts, ctx);
  const drafts = await parts.platformDrafts.list(ctx);
  return adminForm({
    head: headOf(t, ctx, 'name'),
    steps: stepsOf(t, ctx, null, 'name'),
    action: ctx.links.to('admin', BASE),
    submit: t('core.wizard.next'),
    cancel: ctx.links.to('admin', '/platforms'),
    values,
    problem,
    groups: [{ fields: fieldsOf(parts, t, 'name') }],
    // Begun before and not finished: offered, never taken silently.
    tabs: drafts.map(({ id, answers }) => ({
      label: t('core.wizard.resume', { name: answers.name?.name ?? '' }),
      href: ctx.links.to('admin', `${BASE}/${id}`),
      isCurrent: false,
    })),
  });
}

function stepForm(
  parts: CoreParts,
  ctx: RouteContext,
  { id, answers }: PlatformDraft,
  step: PlatformStep,
  again: { readonly values: FormValues; readonly problem: FormProblem } | undefined,
): View {
  const t = wordsOf(parts, ctx);
  const before = PLATFORM_STEPS[PLATFORM_STEPS.indexOf(step) - 1];
  const address = ctx.links.to('admin', `${BASE}/${id}`);
  return adminForm({
    head: headOf(t, ctx, step),
    steps: stepsOf(t, ctx, { id, answers }, step),
    action: `${address}/steps/${step}`,
    submit: t(nextStep(answers) === undefined ? 'core.wizard.toReview' : 'core.wizard.next'),
    cancel: before ? `${address}/steps/${before}` : ctx.links.to('admin', '/platforms'),
    values: again?.values ?? { ...startOf(parts, step), ...shownAnswer(answers, step) },
    problem: again?.problem,
    groups: [{ fields: fieldsOf(parts, t, step) }],
    discard: { action: `${address}/discard`, label: t('core.wizard.discard') },
  });
}

function review(
  parts: CoreParts,
  ctx: RouteContext,
  { id, answers }: PlatformDraft,
  problem?: FormProblem,
): View {
  const t = wordsOf(parts, ctx);
  const address = ctx.links.to('admin', `${BASE}/${id}`);
  const { name, domain, product, languages, branding } = answers;
  const facts: [PlatformStep, string, string | null][] = [
    ['name', t('core.platforms.name'), name?.name ?? null],
    ['name', t('core.platform.code'), name?.code ?? null],
    ['domain', t('core.platforms.domain'), domain?.domain ?? t('core.wizard.noDomain')],
    ['product', t('core.platform.host'), product?.host ?? null],
    ['product', t('core.wizard.modules'), product ? t(`core.wizard.modules.${product.modules}`) : null],
    [
      'languages',
      t('core.platform.languages'),
      languages?.languages.map((code) => LANGUAGE_NAMES[code]).join(', ') ?? null,
    ],
    [
      'languages',
      t('core.platform.defaultLanguage'),
      languages ? LANGUAGE_NAMES[languages.defaultLanguage] : null,
    ],
    ['branding', t('core.wizard.branding'), branding?.theme ?? null],
  ];
  return adminDetail({
    head: { ...headOf(t, ctx, null), text: t('core.wizard.reviewText') },
    notice: problem
      ? { kind: 'error', text: problem.text ?? problem.errors.map(({ message }) => message).join(' ') }
      : null,
    ...(problem ? { status: problem.status } : {}),
    tabs: stepsOf(t, ctx, { id, answers }, null).map((step) => ({ ...step, href: step.href ?? address })),
    main: [
      {
        kind: 'facts',
        title: t('core.wizard.review'),
        facts: facts.map(([, label, text]) => ({ label, text })),
      },
      {
        kind: 'form',
        title: t('core.wizard.create'),
        text: t('core.wizard.createText'),
        action: `${address}/create`,
        groups: [],
        values: {},
        submit: t('core.wizard.create'),
      },
    ],
  });
}

const headOf = (t: Words, ctx: RouteContext, step: PlatformStep | null) => ({
  title: t('core.wizard.title'),
  text: step ? t(`core.wizard.text.${step}`) : null,
  breadcrumbs: [
    { label: t('core.platforms.title'), href: ctx.links.to('admin', '/platforms') },
    { label: t('core.wizard.title'), href: null },
  ],
});

function stepsOf(
  t: Words,
  ctx: RouteContext,
  draft: Pick<PlatformDraft, 'id' | 'answers'> | null,
  current: PlatformStep | null,
): { label: string; href: string | null; isCurrent: boolean }[] {
  const steps = PLATFORM_STEPS.map((step, index) => ({
    label: t('core.wizard.step', { number: index + 1, name: t(`core.wizard.step.${step}`) }),
    href:
      draft && (draft.answers[step] !== undefined || step === nextStep(draft.answers))
        ? ctx.links.to('admin', `${BASE}/${draft.id}/steps/${step}`)
        : null,
    isCurrent: step === current,
  }));
  const last = { number: steps.length + 1, name: t('core.wizard.review') };
  const isComplete = draft !== null && nextStep(draft.answers) === undefined;
  return [
    ...steps,
    {
      label: t('core.wizard.step', last),
      href: isComplete ? ctx.links.to('admin', `${BASE}/${draft.id}`) : null,
      isCurrent: current === null,
    },
  ];
}

/** What a step begins with. */
function startOf({ tenants }: CoreParts, step: PlatformStep): FormValues {
  if (step === 'languages')
    return { defaultLanguage: 'en', languages: [...(tenants.platforms()[0]?.languages ?? LANGUAGES)] };
  if (step === 'product') return { modules: MODULE_PRESETS[0] };
  return step === 'branding' ? { theme: PRESET_NAMES[0] } : {};
}

const shownAnswer = (answers: PlatformAnswers, step: PlatformStep): FormValues =>
  Object.fromEntries(Object.entries(answers[step] ?? {}).map(([name, value]) => [name, value ?? '']));

function fieldsOf(
  parts: Pick<CoreParts, 'states' | 'platformDrafts'>,
  t: Words,
  step: PlatformStep,
): FormField[] {
  switch (step) {
    case 'name':
      return [
        { name: 'name', label: t('core.platforms.name'), kind: 'text', required: true, maxlength: 100 },
        {
          name: 'code',
          label: t('core.platform.code'),
          kind: 'text',
          required: true,
          maxlength: 50,
          hint: t('core.wizard.codeHint'),
        },
      ];
    case 'domain':
      return [
        {
          name: 'domain',
          label: t('core.platforms.domain'),
          kind: 'text',
          hint: t('core.platform.domainHint'),
        },
      ];
    case 'product':
      return [
        {
          name: 'host',
          label: t('core.platform.host'),
          kind: 'radio',
          options: parts.platformDrafts.hosts.map((code) => ({
            value: code,
            label: parts.states.hostOf(code)?.name ?? code,
            text: t('core.wizard.hostModules', {
              modules:
                parts.states
                  .hostOf(code)
                  ?.plugins.map(({ name }) => name)
                  .join(', ') || '–',
            }),
          })),
        },
        {
          name: 'modules',
          label: t('core.wizard.modules'),
          kind: 'radio',
          options: MODULE_PRESETS.map((value) => ({ value, label: t(`core.wizard.modules.${value}`) })),
        },
      ];
    case 'languages':
      return [...languageFields(t)];
    case 'branding':
      return [
        {
          name: 'theme',
          label: t('core.wizard.branding'),
          kind: 'radio',
          options: PRESET_NAMES.map((value) => ({ value, label: value })),
          hint: t('core.wizard.brandingHint'),
        },
      ];
  }
}
