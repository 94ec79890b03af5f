-- uses clock fence job task worker ledger run queue counter durations save settle
-- Gives up the attempts whose leases ran out.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  the fence that the guard saw    ARGV[2]  when it looked, in microseconds
-- Returns  how many were given up; -1 when nothing was looked at; -2 when the job is unknown; -3 when it has ended
--
-- The guard lies in another slot, so that time passes between its look and this script, in which Redis may have been
-- paused, restarted, or set back to older data: then leases are gone whose workers had no chance to renew them. A
-- restart, a failover or a full resynchronisation changes the fence; a pause, as of the guard itself, shows in
-- the age of its look. Both are read here, in the same step as the leases, so that nothing can come in between. A wipe takes
-- the attempts with their leases: there is nothing to give up.
if not loadJob() then return -2 end
if job.ended then return -3 end
local age = now - tonumber(ARGV[2])
if fence() ~= ARGV[1] or age < 0 or age > longestPause(job.lease) then return -1 end

-- One command says for all of them that none ran out, which is the rule.
local function areAllAlive(keys)
    for i = 1, #keys, 1000 do
        local leases = {}
        for j = i, math.min(i + 999, #keys) do leases[#leases + 1] = leaseKey(keys[j]) end
        if redis.call('EXISTS', unpack(leases)) < #leases then return false end
    end
    return true
end

local function lapsed(keys)
    local found = {}
    for _, key in ipairs(keys) do
        if redis.call('EXISTS', leaseKey(key)) == 0 then found[#found + 1] = findRun(key) end
    end
    table.sort(found, function(left, right) return left.number < right.number end)
    return found
end

local function giveUp(run)
    local stage, task = removeRun(run, true)
    job.lost = job.lost + 1
    note(lost, run.task, run.token, run.worker)
    -- An attempt that was never acknowledged ran no user code: the grant was lost on its way, nobody died.
    if run.acknowledged == 1 then
        task.deaths = task.deaths + 1
        task.counted = task.counted + 1
        redis.call('HSET', errorsKey, run.task, 'worker ' .. workerName(run.worker) .. ' fell silent for ' .. job.leaseText
            .. ' s while it ran attempt ' .. run.attempt)
    end
    settle(stage, task, run, false, now)
end

local keys = redis.call('HKEYS', runKey)
if areAllAlive(keys) then return 0 end
local found = lapsed(keys)
for _, run in ipairs(found) do giveUp(run) end
save()
return #found
