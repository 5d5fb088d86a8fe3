import { SlugTaken } from '../errors.js';

const UNIQUE_VIOLATION = '23505';

/** Runs a write; a second page under the slug becomes the error a person understands. @throws {SlugTaken} */
export async function refusingTakenSlug<Result>(slug: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) throw new SlugTaken({ slug });
    throw error;
  }
}
