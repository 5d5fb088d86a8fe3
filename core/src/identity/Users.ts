import type { Database } from '../database/Database.js';
import { uuidv7 } from '../database/uuid.js';
import type { Language } from '../kernel/context.js';
import { normalEmail } from './email.js';
import { EmailTaken } from './errors.js';
import type { Passwords } from './Passwords.js';
import type { Sessions } from './Sessions.js';

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isSuperAdmin: boolean;
  readonly isActive: boolean;
  readonly language: string | null;
}

export interface NewUser {
  readonly email: string;
  readonly name: string;
  /** Left out: the user cannot sign in with a password. */
  readonly password?: string;
  readonly isSuperAdmin?: boolean;
}

interface UserRow {
  id: string;
  email: string;
  name: string;
  is_super_admin: boolean;
  is_active: boolean;
  language: string | null;
}

const COLUMNS = 'id, email, name, is_super_admin, is_active, language';

/** People with a password: they stand above tenants, so only the system role reads them. */
export class Users {
  private readonly database: Database;
  private readonly passwords: Passwords;
  private readonly sessions: Sessions;

  constructor({
    database,
    passwords,
    sessions,
  }: {
    database: Database;
    passwords: Passwords;
    sessions: Sessions;
  }) {
    this.database = database;
    this.passwords = passwords;
    this.sessions = sessions;
  }

  /** @throws {EmailTaken} when there is a user of that address; nothing is written */
  async create({ email, name, password, isSuperAdmin = false }: NewUser, now: Date): Promise<User> {
    const address = normalEmail(email),
      hash = password === undefined ? null : await this.passwords.hash(password);
    const [row] = await this.database.system((tx) =>
      tx.query<UserRow>(
        `insert into core_user (id, email, name, password_hash, is_super_admin, created_at)
       values ($1, $2, $3, $4, $5, $6) on conflict (email) do nothing returning ${COLUMNS}`,
        [uuidv7(now), address, name, hash, isSuperAdmin, now],
      ),
    );
    if (!row) throw new EmailTaken({ email: address });
    return userOf(row);
  }

  async byEmail(email: string): Promise<User | undefined> {
    const [row] = await this.database.system((tx) =>
      tx.query<UserRow>(`select ${COLUMNS} from core_user where email = $1`, [normalEmail(email)]),
    );
    return row && userOf(row);
  }

  /** Users by id, in no order; unknown ids are left out. */
  async byIds(ids: readonly string[]): Promise<User[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.system((tx) =>
      tx.query<UserRow>(`select ${COLUMNS} from core_user where id = any($1)`, [ids]),
    );
    return rows.map(userOf);
  }

  /**
   * Ids of the platforms that a user administers.
   *
   * @param permission only those where they hold it: a role of the platform's own may leave it out
   */
  async platformsAdministeredBy(userId: string, permission?: string): Promise<string[]> {
    const rows = await this.database.system((tx) =>
      tx.query<{ platform_id: string }>(
        `select a.platform_id from core_platform_admin a
         left join core_platform_role r on r.platform_id = a.platform_id and r.id = a.role_id
         where a.user_id = $1 and ($2::text is null or a.role_id is null or $2 = any(r.permissions))`,
        [userId, permission ?? null],
      ),
    );
    return rows.map((row) => row.platform_id);
  }

  /** Changes what a user says of themselves; null leaves dashboards in the language of the browser. */
  async setProfile(
    userId: string,
    { name, language }: { name: string; language: Language | null },
  ): Promise<void> {
    await this.database.system((tx) =>
      tx.query('update core_user set name = $2, language = $3 where id = $1', [userId, name, language]),
    );
  }

  /** Changes the language of a user's dashboards and mails. */
  async setLanguage(userId: string, language: Language): Promise<void> {
    await this.database.system((tx) =>
      tx.query('update core_user set language = $2 where id = $1', [userId, language]),
    );
  }

  /** Sets a password and ends all sessions of the user but `keepSession`. */
  async setPassword(userId: string, password: string, options: { keepSession?: string } = {}): Promise<void> {
    const hash = await this.passwords.hash(password);
    await this.database.system((tx) =>
      tx.query('update core_user set password_hash = $2 where id = $1', [userId, hash]),
    );
    await this.sessions.revokeAllOfUser(
      userId,
      options.keepSession === undefined ? {} : { except: options.keepSession },
    );
  }

  /** Closes or reopens an account; a closed one's sessions no longer count from the next request on. */
  async setActive(userId: string, isActive: boolean): Promise<void> {
    await this.database.system((tx) =>
      tx.query('update core_user set is_active = $2 where id = $1', [userId, isActive]),
    );
    if (!isActive) await this.sessions.revokeAllOfUser(userId);
  }
}

const userOf = (row: UserRow): User => ({
  id: row.id,
  email: row.email,
  name: row.name,
  isSuperAdmin: row.is_super_admin,
  isActive: row.is_active,
  language: row.language,
});
