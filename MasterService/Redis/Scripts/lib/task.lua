-- Tasks that were claimed or announced, 32 to a hash so that Redis keeps them in one compact block:
-- mr:{J}:task:<stage>:<index / 32>, field 2n = the task, field 2n + 1 = its winner's counters.
local bucketSize = 32

local function bucketOf(stage, index)
    return prefix .. 'task:' .. stage.name .. ':' .. math.floor(index / bucketSize)
end

local function nameOf(stage, index) return stage.name .. index end

-- As in messages: 0-m-00012.
local function textOf(stage, index) return string.format('%d-%s-%05d', stage.step, stage.kind, index) end

-- runs: the tokens of its running attempts, the first one first; token: the winner's, or nil; tail: the winner's size and
-- trace span, which only the callers read.
local function readTask(index, raw)
    local attempts, failures, deaths, counted, failedOn, running, token, worker, tail = cmsgpack.unpack(raw)
    local task = {
        index = index, attempts = attempts, failures = failures, deaths = deaths, counted = counted, failedOn = failedOn,
        runs = {}, token = token ~= '' and token or nil, worker = worker, tail = tail,
    }
    for run in string.gmatch(running, '%S+') do task.runs[#task.runs + 1] = run end
    return task
end

-- The task, or nil when it never came into being.
local function findTask(stage, index)
    local known = stage.tasks[index]
    if known == nil then
        local raw = index < stage.total and redis.call('HGET', bucketOf(stage, index), index % bucketSize * 2)
        known = raw and readTask(index, raw) or false
        stage.tasks[index] = known
    end
    return known or nil
end

local function getTask(stage, index)
    local task = findTask(stage, index)
    if not task then
        task = {index = index, attempts = 0, failures = 0, deaths = 0, counted = 0, failedOn = -1, runs = {}, worker = -1, tail = ''}
        stage.tasks[index] = task
    end
    stage.dirty[index] = task
    return task
end

local function saveTasks(stage)
    local writes = {}
    for index, task in pairs(stage.dirty) do
        local bucket, field = bucketOf(stage, index), index % bucketSize * 2
        local fields = writes[bucket] or {}
        writes[bucket] = fields
        fields[#fields + 1] = field
        fields[#fields + 1] = cmsgpack.pack(task.attempts, task.failures, task.deaths, task.counted, task.failedOn,
            table.concat(task.runs, ' '), task.token or '', task.worker, task.tail)
        if task.counters then
            fields[#fields + 1] = field + 1
            fields[#fields + 1] = task.counters
        end
    end
    for bucket, fields in pairs(writes) do redis.call('HSET', bucket, unpack(fields)) end
end
