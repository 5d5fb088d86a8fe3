import type { DomainError } from '../../errors/defineError.js';
import { view, type RouteContext, type View } from '../../kernel/route.js';
import { safeNext } from '../safeNext.js';

/** Demo accounts, as the sign-in page shows them. */
export interface DemoLogins {
  readonly password: string;
  readonly accounts: readonly { readonly email: string; readonly role: string }[];
}

/** What the template `core/login` needs. */
export interface LoginView {
  readonly form: {
    /** Address that the form is posted to. */
    readonly action: string;
    readonly values: { readonly email: string };
    readonly error?: { readonly code: string; readonly message: string };
  };
  /** Local path to go to afterwards; undefined: the start page. */
  readonly next: string | undefined;
  readonly surface: 'admin' | 'store' | 'storefront';
  /** Where a forgotten password is made anew; null where there is no such page. */
  readonly forgotHref: string | null;
  /** Where one signs in: name of the store, else of the platform. */
  readonly title: string;
  /** Where demo accounts were made: those that may sign in here. */
  readonly demo?: DemoLogins;
  /** Why this place is not as usual. */
  readonly notice?: 'store_suspended';
}

/** The sign-in page; with a failure it says what was wrong and keeps the address that was typed. */
export const loginView = (
  ctx: RouteContext,
  surface: LoginView['surface'],
  action: string,
  {
    next,
    email = '',
    failure,
    demo,
  }: { next?: string | undefined; email?: string; failure?: DomainError; demo?: DemoLogins | undefined } = {},
): View => {
  const data: LoginView = {
    form: {
      action,
      values: { email },
      ...(failure ? { error: { code: failure.code, message: failure.message } } : {}),
    },
    next: safeNext(next),
    surface,
    forgotHref: surface === 'storefront' ? null : ctx.links.to(surface, '/forgot'),
    title: ctx.store?.name ?? ctx.platform.name,
    ...(demo && demo.accounts.length > 0 ? { demo } : {}),
    ...(ctx.store?.status === 'suspended' ? { notice: 'store_suspended' as const } : {}),
  };
  const retryAfter = failure?.retryAfterSeconds;
  return view(
    'core/login',
    { ...data },
    {
      ...(failure ? { status: failure.status } : {}),
      headers: {
        'cache-control': 'no-store',
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      },
    },
  );
};
