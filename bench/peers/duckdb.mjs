// node duckdb.mjs wc|sort THREADS INPUT_GLOB OUTPUT
// Word count or sort of lines as one SQL statement. Lines are read through the CSV reader with a delimiter that no line
// has; "preserve_insertion_order" is off because it costs time and the output is ordered anyway.
import { DuckDBInstance } from '@duckdb/node-api';

const [, , mode, threads, input, output] = process.argv;
const quoted = text => `'${text.replaceAll("'", "''")}'`;
const lines = `read_csv(${quoted(input)}, columns = {'line': 'VARCHAR'}, header = false, delim = '\x01', quote = '', escape = '', auto_detect = false)`;
const statements = {
  wc: `COPY (SELECT w, count(*) FROM (SELECT unnest(string_split(line, ' ')) AS w FROM ${lines}) WHERE w <> '' GROUP BY w ORDER BY w)
       TO ${quoted(output)} (FORMAT csv, HEADER false, QUOTE '', DELIMITER ' ')`,
  sort: `COPY (SELECT line FROM ${lines} ORDER BY line) TO ${quoted(output)} (FORMAT csv, HEADER false, QUOTE '', DELIMITER '\x01')`,
};
if (!statements[mode]) throw new Error(`unknown mode '${mode}': wc or sort`);

const database = await DuckDBInstance.create(':memory:', { threads, preserve_insertion_order: 'false' });
const connection = await database.connect();
await connection.run(statements[mode]);
