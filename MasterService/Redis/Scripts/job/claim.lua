-- uses clock job task worker ledger run queue counter durations save
-- Leases tasks: due retries and backups first, then those that the cursor has not reached.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  worker             ARGV[2]  tasks at most        ARGV[3]  nonce, 16 hexadecimal digits
-- ARGV[4]  1 when a task that this worker failed is left to others for one lease
-- ARGV[5]  stage of the window ('0m')    ARGV[6]  its first position    ARGV[7]  packed list of task indices from there on
-- Returns  {0} when there is nothing to claim, else {1 when tasks are left that the window did not cover, stage, version of what
--           its tasks read, packed list of, for each task: index, attempt, 1 for a backup; empty for none}
if not loadJob() or job.ended or job.cancelled or job.dead then return {0} end
local stage = claimable()
if not stage then return {0} end

local max, nonce, avoids = tonumber(ARGV[2]), ARGV[3], ARGV[4] == '1'
local worker = findWorker(ARGV[1])
local tasks, count = {}, 0

local function mayRun(task, dueAt)
    -- A twin on the same worker would be as slow as the first.
    if #task.runs > 0 then return findRun(nameOf(stage, task.index) .. '/' .. task.runs[1]).worker ~= worker end
    return not (avoids and worker >= 0 and task.failedOn == worker and now < dueAt + job.lease)
end

local function dueRetries()
    local due, offset, size = {}, 0, max + 16
    while true do
        local found = redis.call('ZRANGEBYSCORE', queueKey(stage), '-inf', now, 'WITHSCORES', 'LIMIT', offset, size)
        for i = 1, #found, 2 do
            if #due == max then return due end
            local index = tonumber(found[i])
            if mayRun(findTask(stage, index), tonumber(found[i + 1])) then due[#due + 1] = index end
        end
        if #found < size * 2 then return due end
        offset = offset + size
    end
end

-- Returns the attempt's token.
local function start(index, attempt, backup)
    if worker < 0 then worker = workerNumber(ARGV[1]) end
    local name, token = nameOf(stage, index), attempt .. '.' .. nonce
    local key = name .. '/' .. token
    job.started = job.started + 1
    writeRun(key, worker, attempt, backup, now, job.started, 0, '')
    setLease(key, ARGV[1])
    note(backup == 1 and backedUp or granted, name, token, worker)
    local at = count * 3
    tasks[at + 1], tasks[at + 2], tasks[at + 3] = index, attempt, backup
    count = count + 1
    return token
end

local function grant(index)
    local task = getTask(stage, index)
    local backup = #task.runs > 0 and 1 or 0
    task.attempts = task.attempts + 1
    if backup == 0 then stage.running = stage.running + 1 end
    job.backup = job.backup + backup
    task.runs[#task.runs + 1] = start(index, task.attempts, backup)
end

-- A task that nobody claimed yet: all of them come into being alike, with this token and this record.
local firstToken, firstRecord

local function grantFirst(index)
    firstToken = start(index, 1, 0)
    firstRecord = firstRecord or packTask({attempts = 1, failures = 0, deaths = 0, counted = 0, failedOn = -1, runs = {firstToken}, worker = -1, tail = ''})
    stage.running = stage.running + 1
    writeTask(stage, index, firstRecord)
end

local function claimFresh()
    local window, start = cmsgpack.unpack(ARGV[7]), tonumber(ARGV[6])
    local ahead = {}
    for position = stage.cursor - start, math.min(stage.cursor - start + max - count, #window) - 1 do
        ahead[#ahead + 1] = window[position + 1]
    end
    if ARGV[5] == stage.name then loadTasks(stage, ahead) end
    while count < max and stage.cursor < stage.total do
        local position = stage.cursor - start
        if ARGV[5] ~= stage.name or position < 0 or position >= #window then return 1 end
        stage.cursor = stage.cursor + 1
        -- An announced output may have brought the task into being, and done, before its turn.
        local index = window[position + 1]
        if not findTask(stage, index) then grantFirst(index) end
    end
    return 0
end

-- The version of the winners whose outputs the tasks read.
local function readsVersion()
    if stage.kind == 'r' then return job.stages.m.version end
    if job.step == 0 then return 0 end
    local reduces = stageOf(job.step - 1, 'r')
    return reduces.total > 0 and reduces.version or stageOf(job.step - 1, 'm').version
end

local version, cursor = readsVersion(), stage.cursor
for _, index in ipairs(dueRetries()) do
    dequeue(stage, index)
    grant(index)
end
local isBehind = claimFresh()
if count > 0 or stage.cursor ~= cursor then save() end
return {isBehind, stage.name, version, count > 0 and cmsgpack.pack(tasks) or ''}
