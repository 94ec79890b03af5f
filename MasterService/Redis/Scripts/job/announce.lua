-- uses clock job task worker ledger run queue counter durations save win
-- Takes the offer of a map output of which the store has no memory.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  packed list of counter names    ARGV[2]  worker    ARGV[3]  fingerprint
-- ARGV[4…8]  task, token, tail, rest, counters: as in complete
-- Returns  {1} when the output wins, now or before, else {0};
--          or {-1, names…} when the job has its names in another order: nothing was done
if not loadJob() or job.ended or job.cancelled or redis.call('HGET', KEYS[1], 'fingerprint') ~= ARGV[3] then return {0} end
local stage, index = parseTask(ARGV[4])
local token = ARGV[5]
if stage ~= job.stages.m or index >= stage.total or job.stages.r.total == 0 then return {0} end
local task = findTask(stage, index)
if task and task.token then return {task.token == token and 1 or 0} end
if redis.call('SISMEMBER', rejectedKey, ARGV[4] .. '/' .. token) == 1 then return {0} end
if not agreeOnNames(ARGV[1]) then return {-1, unpack(loadNames())} end
win(stage, index, ARGV[4], token, workerNumber(ARGV[2]), ARGV[6], ARGV[7], ARGV[8])
count(ARGV[8], 1)
saveWins()
save()
return {1}
