import type { Statement } from '../../database/unitOfWork.js';
import type { Language, PlatformRecord } from '../../kernel/context.js';
import type { ThemeMemory } from './ThemeMemory.js';

export interface PlatformRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly domain: string | null;
  readonly host: string;
  readonly is_active: boolean;
  readonly default_language: Language;
  readonly languages: readonly Language[];
  readonly theme: unknown;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly revision: number;
}

export const PLATFORM_COLUMNS =
  'id, code, name, domain, host, is_active, default_language, languages, theme, settings, revision';

export const ALL_PLATFORMS: Statement = {
  name: 'core_tenant_platforms',
  text: `select ${PLATFORM_COLUMNS} from core_platform order by code`,
};

export function platformRecord(row: PlatformRow, themes: ThemeMemory): PlatformRecord {
  return Object.freeze({
    id: row.id,
    code: row.code,
    name: row.name,
    domain: row.domain,
    host: row.host,
    isActive: row.is_active,
    defaultLanguage: row.default_language,
    languages: row.languages,
    theme: themes.compile(row.theme),
    settings: row.settings,
    revision: row.revision,
  });
}
