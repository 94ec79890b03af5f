-- uses clock job task worker ledger run durations
-- The attempts that run.
-- KEYS[1]  mr:{J}:job
-- Returns  nil when the job is unknown, else {now, median of the current stage in microseconds,
--           then for each attempt: task/token, worker's id, packed run}
if not loadJob() then return false end
if job.ended then return {now, 0} end
local output = job.stages.r.total > 0 and job.stages.r or job.stages.m
local answer = {now, medianDuration(claimable() or output)}
local found = redis.call('HGETALL', runKey)
for i = 1, #found, 2 do
    answer[#answer + 1] = found[i]
    answer[#answer + 1] = workerName((cmsgpack.unpack(found[i + 1])))
    answer[#answer + 1] = found[i + 1]
end
return answer
