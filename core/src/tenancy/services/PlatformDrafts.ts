import type { InTransaction } from '../../database/InTransaction.js';
import { uuidv7 } from '../../database/uuid.js';
import { InvalidInput, NotFound, PermissionDenied } from '../../errors/common.js';
import { parseInput } from '../../errors/parseInput.js';
import type { TenantContext } from '../../kernel/context.js';
import { PlatformDraft } from '../models/PlatformDraft.js';
import { PLATFORM_STEP_INPUTS, type PlatformAnswers, type PlatformStep } from './platformSteps.js';
import type { TenancyParts } from './TenancyParts.js';

/** Platforms that are being described, each by one person. Nothing of them exists before the last step. */
export class PlatformDrafts {
  constructor(
    private readonly parts: Pick<TenancyParts, 'database' | 'tenants'> & {
      /** Codes of the host packages that run here. */
      readonly hosts: readonly string[];
    },
  ) {}

  /** Codes of the host packages that a platform can be made of. */
  get hosts(): readonly string[] {
    return this.parts.hosts;
  }

  /** The person's own, the one worked on last first. Those whose platform exists by now are left out. */
  async list(ctx: TenantContext): Promise<PlatformDraft[]> {
    const drafts = await this.parts.database.unit(ctx, (inside) =>
      own(inside).orderBy('updatedAt', 'desc').limit(20).execute(),
    );
    return drafts.filter(({ id }) => this.parts.tenants.platformById(id) === undefined);
  }

  /** @throws {NotFound} also when it is another person's */
  get(ctx: TenantContext, id: string): Promise<PlatformDraft> {
    return this.parts.database.unit(ctx, (inside) => read(inside, id));
  }

  /** Begins one with its first step. @throws {InvalidInput} */
  async begin(ctx: TenantContext, input: unknown): Promise<PlatformDraft> {
    const answers = { name: this.#checked('name', input, null) };
    return this.parts.database.unit(ctx, (inside) =>
      PlatformDraft.in(inside).insertAndFetch({
        id: uuidv7(ctx.now),
        authorId: authorOf(ctx),
        answers,
        updatedAt: ctx.now,
      }),
    );
  }

  /** Keeps the answer of one step; the others stay. @throws {InvalidInput} nothing is kept then */
  async answer(ctx: TenantContext, id: string, step: PlatformStep, input: unknown): Promise<PlatformDraft> {
    const answer = this.#checked(step, input, id);
    return this.parts.database.unit(ctx, async (inside) => {
      const draft = await read(inside, id, 'lock');
      const answers: PlatformAnswers = { ...draft.answers, [step]: answer };
      await own(inside).findOne({ id }).patch({ answers, updatedAt: ctx.now });
      return { ...draft, answers } as PlatformDraft;
    });
  }

  /** Throwing away what is not there is no error. */
  async discard(ctx: TenantContext, id: string): Promise<void> {
    await this.parts.database.unit(ctx, (inside) => own(inside).findOne({ id }).delete());
  }

  /** Says at the step what would be refused at the end. */
  #checked<Step extends PlatformStep>(
    step: Step,
    input: unknown,
    id: string | null,
  ): NonNullable<PlatformAnswers[Step]> {
    const answer = parseInput(PLATFORM_STEP_INPUTS[step], input) as Record<string, unknown>;
    const { tenants, hosts } = this.parts;
    const others = tenants.platforms().filter((platform) => platform.id !== id);
    const refuse = (path: string, message: string): never => {
      throw new InvalidInput({ errors: [{ path, message }] });
    };
    if (step === 'name' && others.some(({ code }) => code === answer['code']))
      refuse('code', 'A platform with this code exists; choose another.');
    if (
      step === 'domain' &&
      answer['domain'] !== null &&
      others.some(({ domain }) => domain === answer['domain'])
    )
      refuse('domain', 'Another platform has this domain; choose another.');
    if (step === 'product' && !hosts.includes(answer['host'] as string))
      refuse('host', `This host package is not installed; choose one of ${hosts.join(', ')}.`);
    return answer as NonNullable<PlatformAnswers[Step]>;
  }
}

const own = (ctx: InTransaction) => PlatformDraft.in(ctx).where({ authorId: authorOf(ctx) });

async function read(ctx: InTransaction, id: string, lock?: 'lock'): Promise<PlatformDraft> {
  const query = own(ctx).findOne({ id });
  const draft = await (lock ? query.forUpdate() : query);
  if (!draft) throw new NotFound({ what: 'This draft' });
  return draft;
}

function authorOf({ actor }: TenantContext): string {
  if (actor.kind !== 'user') throw new PermissionDenied({ permission: 'platform-admin.platforms.create' });
  return actor.userId;
}
