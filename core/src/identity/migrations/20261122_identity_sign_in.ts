import { defineMigration } from '../../database/migration.js';

/** Links and codes that are good once, the second step of signing in, and what sessions know beside their person. */
export const identitySignInMigration = defineMigration('20261122_identity_sign_in', (m) => {
  m.systemTable('core_one_time_token', {
    comment: 'Something that was handed out to be used once; the token itself is kept nowhere.',
    columns: (t) => {
      t.binary('token_hash').primary().comment('SHA-256 of the token.');
      t.text('purpose').notNullable().comment('What it is good for; for nothing else.');
      t.uuid('user_id').notNullable();
      t.jsonb('data').notNullable().comment('What the purpose needs beside the user, such as a new address.');
      t.timestamp('created_at').notNullable();
      t.timestamp('expires_at').notNullable().comment('From then on it is good for nothing.');
    },
  });
  m.data(
    ['core_one_time_token', 'core_user'],
    'alter table core_one_time_token add constraint core_one_time_token_user_fkey foreign key (user_id) references core_user (id) on delete cascade',
  );
  m.sql('create index core_one_time_token_user on core_one_time_token (user_id, purpose)');
  m.sql('create index core_one_time_token_expires_at on core_one_time_token (expires_at)');

  m.systemTable('core_user_totp', {
    comment: 'The app that makes a user’s codes for the second step of signing in (RFC 6238).',
    columns: (t) => {
      t.uuid('user_id').primary();
      t.text('secret_sealed').notNullable().comment('The shared secret, encrypted.');
      t.timestamp('created_at').notNullable();
      t.timestamp('confirmed_at').comment('When a code proved the app; null: not in force yet.');
      t.bigInteger('last_step').comment('Time step of the latest code that was taken; no older one counts.');
    },
  });
  m.data(
    ['core_user_totp', 'core_user'],
    'alter table core_user_totp add constraint core_user_totp_user_fkey foreign key (user_id) references core_user (id) on delete cascade',
  );
  m.systemTable('core_recovery_code', {
    comment: 'Codes that stand in for the app when it is lost; each is good once and then gone.',
    columns: (t) => {
      t.uuid('user_id').notNullable();
      t.text('code_hash').notNullable().comment('Keyed hash of the code, bound to its user.');
      t.timestamp('created_at').notNullable();
      t.primary(['user_id', 'code_hash']);
    },
  });
  m.data(
    ['core_recovery_code', 'core_user'],
    'alter table core_recovery_code add constraint core_recovery_code_user_fkey foreign key (user_id) references core_user (id) on delete cascade',
  );

  m.systemTable('core_store_use', {
    comment: 'When a user last worked in a store; orders the store picker.',
    columns: (t) => {
      t.uuid('user_id').notNullable();
      t.uuid('platform_id').notNullable();
      t.uuid('store_id').notNullable();
      t.timestamp('used_at')
        .notNullable()
        .comment('Written when the user changes store, else once a minute.');
      t.primary(['user_id', 'platform_id', 'store_id']);
    },
  });
  m.data(
    ['core_store_use', 'core_user'],
    'alter table core_store_use add constraint core_store_use_user_fkey foreign key (user_id) references core_user (id) on delete cascade',
  );

  m.alter('core_session', (t) => {
    t.uuid('last_store_id').comment('The store it was last used in; of members.');
    t.boolean('has_choice')
      .notNullable()
      .defaultTo(false)
      .comment('Whether the member could work in another store of the platform too.');
    t.uuid('impersonator_id').comment('The administrator who acts as the member.');
    t.uuid('parent_id').comment('The administrator’s own session: this one ends with it.');
    t.uuid('only_store_id').comment('The one store in which it counts; null: every store of its person.');
  });
  m.data(
    ['core_session', 'core_user'],
    'alter table core_session add constraint core_session_impersonator_fkey foreign key (impersonator_id) references core_user (id) on delete cascade',
  );
  m.data(
    ['core_session'],
    'alter table core_session add constraint core_session_parent_fkey foreign key (parent_id) references core_session (id) on delete cascade',
  );
  m.sql(`alter table core_session add constraint core_session_impersonation check (
    (impersonator_id is null) = (parent_id is null) and (impersonator_id is null or (audience = 'store' and only_store_id is not null)))`);
  m.sql('create index core_session_parent on core_session (parent_id) where parent_id is not null');
  m.sql(
    'create index core_session_impersonator on core_session (impersonator_id) where impersonator_id is not null',
  );
});
