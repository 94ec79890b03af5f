// node bullmq.mjs CONCURRENCY JOBS OUTPUT
// Empty jobs through BullMQ: starts a redis-server of its own, adds the jobs, then measures how long one worker takes to
// process them. Prints "rate <jobs a second>" and writes the number of processed jobs.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue, Worker } from 'bullmq';

const [, , concurrency, jobs, output] = process.argv;
const total = Number(jobs);

const port = await new Promise(resolve => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const folder = mkdtempSync(join(tmpdir(), 'bullmq-'));
const redis = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' });
process.on('exit', () => {
  redis.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
const queue = new Queue('empty', { connection });
for (let first = 0; first < total; first += 1000) {
  const count = Math.min(1000, total - first);
  await queue.addBulk(Array.from({ length: count }, (_, i) => ({ name: 'task', data: { task: first + i }, opts: { removeOnComplete: true } })));
}

let done = 0;
const began = process.hrtime.bigint();
await new Promise(resolve => {
  const worker = new Worker('empty', async () => {}, { connection, concurrency: Number(concurrency) });
  worker.on('completed', () => {
    if (++done === total) resolve();
  });
});
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
console.log(`rate ${(total / seconds).toFixed(0)}`);
writeFileSync(output, `tasks ${done}\n`);
process.exit(0);
