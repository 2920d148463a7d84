// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a CSV into a typed table with Polars, dates left as text: node polars.cjs FILE
const polars = require('nodejs-polars');

console.log(polars.readCSV(process.argv[2]).height);
