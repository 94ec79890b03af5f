-- uses clock job task worker ledger run queue counter durations save win
-- Invalidates map outputs of the current step that lie on a worker which left or fell silent.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  worker    ARGV[2]  outputs at most
-- Returns  how many were invalidated
if not loadJob() or job.ended or isDone(job.stages.r) then return 0 end
local worker, max = findWorker(ARGV[1]), tonumber(ARGV[2])
if worker < 0 then return 0 end
local stage, key = job.stages.m, outKey(job.step, worker)
local taken, reason = 0, 'its worker ' .. ARGV[1] .. ' left or fell silent'
while taken < max do
    local found = redis.call('LRANGE', key, 0, max - taken - 1)
    if #found == 0 then break end
    redis.call('LTRIM', key, #found, -1)
    for i, index in ipairs(found) do found[i] = tonumber(index) end
    table.sort(found)
    for _, index in ipairs(found) do
        local task = findTask(stage, index)
        -- The list also has outputs that were invalidated, and made elsewhere, since.
        if task and task.token and task.worker == worker and invalidate(stage, index, task.token, reason) then taken = taken + 1 end
    end
end
save()
return taken
