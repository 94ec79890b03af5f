-- Attempts that were not given up: mr:{J}:run, field task/token, the fence. Their leases, the timers, are keys of their own:
-- mr:{J}:lease:task/token, which Redis itself drops when they are not renewed.
local runKey, rejectedKey = prefix .. 'run', prefix .. 'rejected'
local runs, runDirty, runGone, runFields, newlyRejected = {}, {}, {}, {}, {}

local function leaseKey(key) return prefix .. 'lease:' .. key end

local function readRun(key, raw)
    local slash = string.find(key, '/', 1, true)
    local task, token = string.sub(key, 1, slash - 1), string.sub(key, slash + 1)
    local worker, attempt, backup, startedAt, number, acknowledged, progress = cmsgpack.unpack(raw)
    return {
        key = key, task = task, token = token, worker = worker, attempt = attempt, backup = backup, startedAt = startedAt,
        number = number, acknowledged = acknowledged, progress = progress,
    }
end

-- Reads many attempts in one command.
local function loadRuns(keys)
    if #keys == 0 then return end
    local raw = redis.call('HMGET', runKey, unpack(keys))
    for i, key in ipairs(keys) do
        if runs[key] == nil then runs[key] = raw[i] and readRun(key, raw[i]) or false end
    end
end

local function findRun(key)
    if runs[key] == nil then loadRuns({key}) end
    return runs[key] or nil
end

-- The value is for people: nobody reads it.
local function setLease(key, worker) redis.call('SET', leaseKey(key), worker, 'PX', job.leaseLasts) end

local function putRun(run)
    runs[run.key] = run
    runDirty[run.key] = run
end

local function writeRun(key, worker, attempt, backup, startedAt, number, acknowledged, progress)
    local at = #runFields
    runFields[at + 1], runFields[at + 2] = key, cmsgpack.pack(worker, attempt, backup, startedAt, number, acknowledged, progress)
end

-- A token that was given up is never taken again.
local function reject(key) newlyRejected[#newlyRejected + 1] = key end

-- Takes an attempt off the list of those that run. What becomes of its task is left to the caller.
local function endRun(key, isRejected)
    runs[key] = false
    runDirty[key] = nil
    runGone[#runGone + 1] = key
    if isRejected then reject(key) end
end

-- Takes an attempt off the books. The caller says how it is counted and whether its task is queued again.
local function removeRun(run, isRejected)
    local stage, index = parseTask(run.task)
    local task = getTask(stage, index)
    endRun(run.key, isRejected)
    for i, token in ipairs(task.runs) do
        if token == run.token then table.remove(task.runs, i) break end
    end
    if #task.runs == 0 then stage.running = stage.running - 1 end
    return stage, task
end

local function saveRuns()
    local leases = {}
    for key, run in pairs(runDirty) do
        writeRun(key, run.worker, run.attempt, run.backup, run.startedAt, run.number, run.acknowledged, run.progress)
    end
    if #runFields > 0 then bulk('HSET', runKey, runFields) end
    if #newlyRejected > 0 then bulk('SADD', rejectedKey, newlyRejected) end
    if #runGone == 0 then return end
    for i, key in ipairs(runGone) do leases[i] = leaseKey(key) end
    bulk('HDEL', runKey, runGone)
    for i = 1, #leases, 1000 do redis.call('DEL', unpack(leases, i, math.min(i + 999, #leases))) end
end
