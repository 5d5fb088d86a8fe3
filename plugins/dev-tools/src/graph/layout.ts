/** A module to be drawn: what it needs directly, by code. */
export interface GraphNode {
  readonly code: string;
  readonly needs: readonly string[];
}

export interface PlacedNode {
  readonly code: string;
  /** Upper left corner, in units of the drawing. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** Path data from the node that is needed to the one that needs it. */
  readonly path: string;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export const NODE = { width: 168, height: 44 } as const;
const GAP = { x: 72, y: 20 } as const;
const MARGIN = 8;

/**
 * Places modules in columns: what needs nothing on the left, everything else right of all that it needs.
 *
 * @param nodes without circles, as the graph of plugins never has any; codes that are needed but not drawn are ignored
 */
export function layoutGraph(nodes: readonly GraphNode[]): GraphLayout {
  const columns = columnsOf(nodes);
  const rows = new Map<string, number>();
  const tallest = Math.max(0, ...columns.map((column) => column.length));
  columns.forEach((column) => {
    const ordered = [...column].sort(
      (a, b) => middleOf(a, rows) - middleOf(b, rows) || (a.code < b.code ? -1 : 1),
    );
    // Short columns stand in the middle, so that lines are short.
    const offset = (tallest - ordered.length) / 2;
    ordered.forEach((node, i) => rows.set(node.code, offset + i));
  });
  const placed = new Map(
    columns.flatMap((column, c) =>
      column.map(({ code }) => [
        code,
        {
          code,
          x: MARGIN + c * (NODE.width + GAP.x),
          y: MARGIN + (rows.get(code) ?? 0) * (NODE.height + GAP.y),
        },
      ]),
    ),
  );
  return {
    width: 2 * MARGIN + columns.length * NODE.width + Math.max(0, columns.length - 1) * GAP.x,
    height: 2 * MARGIN + tallest * NODE.height + Math.max(0, tallest - 1) * GAP.y,
    nodes: nodes.flatMap(({ code }) => placed.get(code) ?? []),
    edges: nodes.flatMap((node) => edgesOf(node, placed)),
  };
}

function columnsOf(nodes: readonly GraphNode[]): GraphNode[][] {
  const byCode = new Map(nodes.map((node) => [node.code, node]));
  const depths = new Map<string, number>();
  const depthOf = (node: GraphNode): number => {
    const known = depths.get(node.code);
    if (known !== undefined) return known;
    const below = node.needs.flatMap((code) => byCode.get(code) ?? []).map(depthOf);
    const depth = below.length === 0 ? 0 : Math.max(...below) + 1;
    depths.set(node.code, depth);
    return depth;
  };
  const columns: GraphNode[][] = [];
  for (const node of nodes) (columns[depthOf(node)] ??= []).push(node);
  return columns;
}

/** Average row of what a node needs: near to it, lines cross less. */
function middleOf({ needs }: GraphNode, rows: ReadonlyMap<string, number>): number {
  const known = needs.flatMap((code) => rows.get(code) ?? []);
  return known.length === 0 ? 0 : known.reduce((sum, row) => sum + row, 0) / known.length;
}

function edgesOf(node: GraphNode, placed: ReadonlyMap<string, PlacedNode>): PlacedEdge[] {
  const to = placed.get(node.code);
  return node.needs.flatMap((code) => {
    const from = placed.get(code);
    if (!from || !to) return [];
    const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2];
    const [x2, y2] = [to.x, to.y + NODE.height / 2];
    const bend = Math.max(24, (x2 - x1) / 2);
    return [
      { from: code, to: node.code, path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` },
    ];
  });
}
