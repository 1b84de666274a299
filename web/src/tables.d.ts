/** Columns of one of the program's tables, see `vite.config.ts`. */
declare module '*&table' {
  const rows: string[][];
  export default rows;
}
