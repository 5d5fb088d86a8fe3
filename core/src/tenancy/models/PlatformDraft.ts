import { PlatformModel } from '../../database/models/PlatformModel.js';
import type { PlatformAnswers } from '../services/platformSteps.js';

/** A platform that somebody is describing step by step; belongs to the administration above all platforms. */
export class PlatformDraft extends PlatformModel {
  static override tableName = 'core_platform_draft';
  static override get jsonAttributes(): string[] {
    return ['answers'];
  }
  /** Becomes the platform's. */
  declare id: string;
  declare authorId: string;
  declare answers: PlatformAnswers;
  declare updatedAt: Date;
}
