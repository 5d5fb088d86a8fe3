import PDFDocument from 'pdfkit';
import type { Language } from '@wizamart/core';

export interface Fonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

export interface Column {
  readonly width: number;
  readonly isNumber?: boolean;
}

interface SheetFacts {
  readonly title: string;
  readonly language: Language;
  readonly at: Date;
  readonly fonts: Fonts;
}

export const MARGIN = 50;
export const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - 95;
const INK = '#1f2937';
const PALE = '#6b7280';
const RULE = '#d1d5db';

/** An A4 document in PDF/A-3 on which things are put one below the other; what does not fit goes to the next page. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  #y = MARGIN;

  constructor({ title, language, at, fonts }: SheetFacts) {
    this.doc = new PDFDocument({
      size: 'A4',
      margin: MARGIN,
      pdfVersion: '1.7',
      subset: 'PDF/A-3b',
      tagged: true,
      lang: language,
      displayTitle: true,
      bufferPages: true,
      info: { Title: title, Creator: 'Wizamart', Producer: 'PDFKit', CreationDate: at, ModDate: at },
    } as PDFKit.PDFDocumentOptions);
    this.doc.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
  }

  get y(): number {
    return this.#y;
  }

  /** Goes on at least there. */
  continueAt(y: number): void {
    this.#y = Math.max(this.#y, y);
  }

  skip(points: number): void {
    this.#y += points;
  }

  /** Goes to the next page where less is left. */
  need(points: number): void {
    if (this.#y + points <= BOTTOM) return;
    this.doc.addPage();
    this.#y = MARGIN;
  }

  /** A paragraph over the whole width, or in a column that leaves the place where it was. */
  text(
    text: string,
    {
      size = 9,
      bold = false,
      pale = false,
      x = MARGIN,
      width = WIDTH,
      align = 'left' as 'left' | 'right',
    } = {},
  ): void {
    if (text === '') return;
    this.#use(size, bold, pale);
    this.need(this.doc.heightOfString(text, { width }));
    this.doc.text(text, x, this.#y, { width, align });
    this.#y = this.doc.y + 2;
  }

  /** Lines of text from a place on, without moving on. @returns where they end */
  block(lines: readonly string[], x: number, y: number, width: number, boldFirst = true): number {
    let at = y;
    lines.forEach((line, index) => {
      this.#use(9, boldFirst && index === 0, !(boldFirst && index === 0));
      this.doc.text(line, x, at, { width });
      at = this.doc.y + 1;
    });
    return at;
  }

  /** A row of a table; its cells wrap, and the row stays on one page. */
  row(columns: readonly Column[], cells: readonly string[], { bold = false, rule = false } = {}): void {
    this.#use(8.5, bold, false);
    const heights = cells.map((cell, index) =>
      this.doc.heightOfString(cell || ' ', { width: (columns[index] as Column).width - 8 }),
    );
    const height = Math.max(...heights) + 6;
    this.need(height);
    this.#use(8.5, bold, false);
    let x = MARGIN;
    cells.forEach((cell, index) => {
      const { width, isNumber = false } = columns[index] as Column;
      if (cell !== '')
        this.doc.text(cell, x + 4, this.#y + 3, { width: width - 8, align: isNumber ? 'right' : 'left' });
      x += width;
    });
    this.#y += height;
    if (rule) this.rule();
  }

  rule(): void {
    this.doc
      .moveTo(MARGIN, this.#y)
      .lineTo(MARGIN + WIDTH, this.#y)
      .lineWidth(0.5)
      .strokeColor(RULE)
      .stroke();
  }

  /** Writes at the foot of every page, and ends the document. */
  async end(
    footer: (page: number, pages: number) => readonly [left: string, right: string],
  ): Promise<Buffer> {
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.doc.switchToPage(page);
      // The foot is inside the margin, where text would begin a new page.
      this.doc.page.margins.bottom = 0;
      const [left, right] = footer(page + 1 - start, count);
      this.#use(7, false, true);
      if (left !== '') this.doc.text(left, MARGIN, 765, { width: WIDTH - 90, height: 45, ellipsis: true });
      this.doc.text(right, MARGIN + WIDTH - 80, 765, { width: 80, align: 'right', lineBreak: false });
    }
    const chunks: Buffer[] = [];
    this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise<void>((resolve, reject) => {
      this.doc.once('end', resolve).once('error', reject);
    });
    this.doc.end();
    await ended;
    return Buffer.concat(chunks);
  }

  #use(size: number, bold: boolean, pale: boolean): void {
    this.doc
      .font(bold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(pale ? PALE : INK);
  }
}
