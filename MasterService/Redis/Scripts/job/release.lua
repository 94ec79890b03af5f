-- uses clock job task worker ledger run queue counter durations save
-- Ends an attempt without blame.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  task    ARGV[2]  token
-- Returns  1, or 0 when the attempt had been given up before
if not loadJob() or job.ended then return 0 end
local run = findRun(ARGV[1] .. '/' .. ARGV[2])
if not run then return 0 end
local stage, task = removeRun(run, true)
job.killed = job.killed + 1
note(killed, run.task, run.token, run.worker)
if #task.runs == 0 then enqueue(stage, task.index, now) end
save()
return 1
