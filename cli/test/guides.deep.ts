import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { guideFiles, writeFiles } from './guideFiles.fixture.js';

const own = fileURLToPath(new URL('.', import.meta.url));

describe('the examples of the guides [module:core]', function () {
  this.timeout(180_000);
  let folder: string;
  // Below this folder, so that the packages of the workspace are found.
  before(() => {
    folder = mkdtempSync(path.join(own, '.guides-'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const guide of ['services-events-hooks', 'testing']) {
    it(`compile as they stand in ${guide}.md`, () => {
      const files = guideFiles(new URL(`../../docs/guides/${guide}.md`, import.meta.url));
      assert.ok(files.size > 0);
      writeFiles(path.join(folder, guide), files);
      const program = ts.createProgram(
        [...files.keys()].map((file) => path.join(folder, guide, file)),
        {
          target: ts.ScriptTarget.ES2023,
          module: ts.ModuleKind.NodeNext,
          moduleResolution: ts.ModuleResolutionKind.NodeNext,
          customConditions: ['source'],
          strict: true,
          noUncheckedIndexedAccess: true,
          exactOptionalPropertyTypes: true,
          verbatimModuleSyntax: true,
          useDefineForClassFields: false,
          skipLibCheck: true,
          esModuleInterop: true,
          noEmit: true,
          types: ['node', 'mocha'],
        },
      );
      const faults = ts
        .getPreEmitDiagnostics(program)
        .filter(({ file }) => file?.fileName.includes('.guides-'));
      assert.deepEqual(
        faults.map(
          ({ file, start = 0, messageText }) =>
            `${path.basename(file?.fileName ?? '')}:${(file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
        ),
        [],
      );
    });
  }
});
