-- Wins made and taken back. A winner's files and range boundaries, if it has any, lie in mr:{J}:result by task. Map outputs that
-- lie on a worker: mr:{J}:out:<step>:<worker>, a list of indices; an entry counts only while that worker still wins the task.
local resultKey = prefix .. 'result'

local function outKey(step, worker) return prefix .. 'out:' .. step .. ':' .. worker end

-- The chain of hashes of WinnersVersion.
local function bumpVersion(stage, sign, index, token)
    local text = string.format('%d%s%d:%s', stage.version, sign, index, token)
    stage.version = tonumber(string.sub(redis.sha1hex(text), 1, 8), 16)
end

-- What every win brings with it. The task itself, and its attempts, are left to the caller.
local function book(stage, index, name, token, worker, rest)
    dequeue(stage, index)
    stage.done = stage.done + 1
    bumpVersion(stage, '+', index, token)
    if rest ~= '' then redis.call('HSET', resultKey, name, rest) end
    if stage.kind == 'm' and job.stages.r.total > 0 then
        local won = stage.won[worker] or {}
        stage.won[worker] = won
        won[#won + 1] = string.format('%d', index)
    end
    note(committed, name, token, worker)
    advance()
end

-- The first completion of a task wins; its other attempts end. To add its counters to the totals is left to the caller.
local function win(stage, index, name, token, worker, tail, rest, counters)
    local task = getTask(stage, index)
    if #task.runs > 0 then stage.running = stage.running - 1 end
    for _, other in ipairs(task.runs) do
        local run = findRun(name .. '/' .. other)
        local isTwin = other ~= token
        endRun(run.key, isTwin)
        if isTwin then
            job.killed = job.killed + 1
            note(killed, name, other, run.worker)
        end
    end
    task.runs, task.token, task.worker, task.tail, task.counters = {}, token, worker, tail, counters
    book(stage, index, name, token, worker, rest)
end

local function saveWins()
    for _, stage in ipairs(job.opened) do
        for worker, indices in pairs(stage.won) do bulk('RPUSH', outKey(stage.step, worker), indices) end
    end
end

-- Takes a win back and queues its task at once, if the win still stands and is still needed. The reasons are those of
-- InvalidationReason.
local function invalidate(stage, index, token, reason)
    if not stage or stage.step ~= job.step or stage.kind == 's' then return false end
    local task = findTask(stage, index)
    if not task or not task.token or task.token ~= token then return false end
    local isMapOutput = stage.kind == 'm' and job.stages.r.total > 0
    local name = nameOf(stage, index)
    -- What has been reduced is not needed any more; files beside it are.
    if isMapOutput and isDone(job.stages.r) and redis.call('HEXISTS', resultKey, name) == 0 then return false end
    getTask(stage, index)
    bumpVersion(stage, '-', index, token)
    note(invalidated, name, token, task.worker, reason)
    count(task.counters or redis.call('HGET', bucketOf(stage, index), fieldNames[index % bucketSize * 2 + 1]) or '', -1)
    task.token, task.worker, task.tail, task.counters = nil, -1, '', ''
    stage.done = stage.done - 1
    reject(name .. '/' .. token)
    redis.call('HDEL', prefix .. 'reports', name .. '/' .. token)
    redis.call('HDEL', resultKey, name)
    enqueue(stage, index, now)
    return true
end
