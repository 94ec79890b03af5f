-- uses clock job task worker ledger run queue counter durations save
-- Queues a backup attempt for a task of which exactly one attempt runs.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  task
-- Returns  1 when it is queued now, else 0
if not loadJob() or job.ended then return 0 end
local stage, index = parseTask(ARGV[1])
local task = stage and findTask(stage, index)
if not task or task.token or #task.runs ~= 1 or redis.call('ZSCORE', queueKey(stage), queueMember(index)) then return 0 end
enqueue(stage, index, now)
save()
return 1
