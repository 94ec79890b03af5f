-- Tasks that were claimed or announced, 32 to a hash so that Redis keeps them in one compact block:
-- mr:{J}:task:<stage>:<index / 32>, field 2n = the task, field 2n + 1 = its winner's counters.
local bucketSize = 32

-- The names of the fields: to make a text of a number is the dearest thing that these scripts do.
local fieldNames = {
    [0] = '0',
    '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15', '16', '17', '18', '19', '20', '21',
    '22', '23', '24', '25', '26', '27', '28', '29', '30', '31', '32', '33', '34', '35', '36', '37', '38', '39', '40',
    '41', '42', '43', '44', '45', '46', '47', '48', '49', '50', '51', '52', '53', '54', '55', '56', '57', '58', '59',
    '60', '61', '62', '63',
}

local function fieldOf(index) return fieldNames[index % bucketSize * 2] end

local function bucketOf(stage, index)
    local bucket = (index - index % bucketSize) / bucketSize
    local key = stage.buckets[bucket]
    if not key then
        key = string.format('%stask:%s:%d', prefix, stage.name, bucket)
        stage.buckets[bucket] = key
    end
    return key
end

local function nameOf(stage, index) return string.format('%s%d', stage.name, index) end

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
    if running == '' then return task end
    local first, second = string.match(running, '^(%S+) ?(%S*)')
    task.runs[1], task.runs[2] = first, second ~= '' and second or nil
    return task
end

-- Reads many tasks, those of one bucket in one command.
local function loadTasks(stage, indices)
    local fields, places = {}, {}
    for _, index in ipairs(indices) do
        if stage.tasks[index] == nil and index < stage.total then
            local bucket = bucketOf(stage, index)
            if not fields[bucket] then fields[bucket], places[bucket] = {}, {} end
            table.insert(fields[bucket], fieldOf(index))
            table.insert(places[bucket], index)
        end
    end
    for bucket, wanted in pairs(fields) do
        local raw = redis.call('HMGET', bucket, unpack(wanted))
        for i, index in ipairs(places[bucket]) do stage.tasks[index] = raw[i] and readTask(index, raw[i]) or false end
    end
end

-- The task, or nil when it never came into being.
local function findTask(stage, index)
    local known = stage.tasks[index]
    if known == nil then
        local raw = index < stage.total and redis.call('HGET', bucketOf(stage, index), fieldOf(index))
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

local function packTask(task)
    return cmsgpack.pack(task.attempts, task.failures, task.deaths, task.counted, task.failedOn,
        #task.runs > 0 and table.concat(task.runs, ' ') or '', task.token or '', task.worker, task.tail)
end

local function writeTask(stage, index, packed, counters)
    local bucket = bucketOf(stage, index)
    local fields = stage.writes[bucket] or {}
    stage.writes[bucket] = fields
    local at = #fields
    fields[at + 1], fields[at + 2] = fieldOf(index), packed
    if counters then fields[at + 3], fields[at + 4] = fieldNames[index % bucketSize * 2 + 1], counters end
end

local function saveTasks(stage)
    for index, task in pairs(stage.dirty) do writeTask(stage, index, packTask(task), task.counters) end
    for bucket, fields in pairs(stage.writes) do redis.call('HSET', bucket, unpack(fields)) end
end
