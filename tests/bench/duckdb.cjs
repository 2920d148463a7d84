// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a CSV into a typed table with DuckDB: node duckdb.cjs FILE THREADS
const { DuckDBInstance } = require('@duckdb/node-api');

(async () => {
    const [file, threads] = process.argv.slice(2);
    const base = await DuckDBInstance.create(':memory:', { threads });
    const connection = await base.connect();
    await connection.run(
        `create table incidents as from read_csv('${file}', header = true, quote = '"', escape = '"', delim = ',')`);
    const rows = await connection.runAndReadAll('select count(*) from incidents');
    console.log(String(rows.getRows()[0][0]));
})();
