export interface Target {
  readonly port: number;
  readonly path: string;
  readonly host: string;
}

export interface Load {
  readonly clients: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
}
