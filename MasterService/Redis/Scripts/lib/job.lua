-- The job, read once from KEYS[1] = mr:{J}:job, changed in tables, and written back once by save().
-- Every other key of the job is the same prefix and a name, so that all lie in one slot.
local prefix = string.sub(KEYS[1], 1, -4)
local now = clock()
local job

-- Kinds in the order in which a step runs them, and where each stage's four numbers begin in the packed state.
local kinds = {'s', 'm', 'r'}
local firstNumber = {s = 8, m = 12, r = 16}

-- Commands with long lists: Lua passes a few thousand arguments at most, so they go in slices of an even length.
local function bulk(command, key, list)
    for i = 1, #list, 1000 do
        redis.call(command, key, unpack(list, i, math.min(i + 999, #list)))
    end
end

-- A stage as it stands in eight numbers; zero when it was never touched.
local function newStage(step, kind, at, numbers, first)
    local stage = {
        step = step, kind = kind, name = step .. kind, total = job.sizes[step * 3 + at],
        cursor = 0, running = 0, done = 0, version = 0, tasks = {}, dirty = {}, writes = {}, queue = {}, won = {}, buckets = {},
    }
    if numbers then
        stage.cursor, stage.running, stage.done, stage.version = numbers[first], numbers[first + 1], numbers[first + 2], numbers[first + 3]
    end
    return stage
end

local function openStep(step, numbers)
    job.step = step
    job.stages = {}
    for at, kind in ipairs(kinds) do
        local stage = newStage(step, kind, at, numbers, firstNumber[kind])
        job.stages[kind] = stage
        job.opened[#job.opened + 1] = stage
        job.byName[stage.name] = stage
    end
end

-- The job, or nil when it is unknown.
local function loadJob()
    local raw = redis.call('HMGET', KEYS[1], 'plan', 'state', 'end', 'cancelled', 'dead')
    if not raw[1] then return nil end
    local lease, leaseText, maxAttempts, maxDeaths, sizes = cmsgpack.unpack(raw[1])
    local state = {cmsgpack.unpack(raw[2])}
    job = {
        lease = lease, leaseText = leaseText, maxAttempts = maxAttempts, maxDeaths = maxDeaths, sizes = sizes,
        started = state[2], failed = state[3], killed = state[4], lost = state[5], backup = state[6], events = state[7],
        ended = raw[3], cancelled = raw[4], dead = raw[5], opened = {}, byName = {}, leaseLasts = string.format('%d', math.ceil(lease / 1000)),
    }
    openStep(state[1], state)
    return job
end

local function isDone(stage) return stage.done == stage.total end

local function isStepDone()
    return isDone(job.stages.s) and isDone(job.stages.m) and isDone(job.stages.r)
end

-- The stage whose tasks may be claimed: never a reduce before the last map is done.
local function claimable()
    for _, kind in ipairs(kinds) do
        if not isDone(job.stages[kind]) then return job.stages[kind] end
    end
    return nil
end

-- A step that is done is never entered again, so that its numbers are only kept to be read.
local function advance()
    while (job.step + 2) * 3 <= #job.sizes and isStepDone() do
        local numbers = {}
        for _, kind in ipairs(kinds) do
            local stage = job.stages[kind]
            for _, number in ipairs({stage.cursor, stage.running, stage.done, stage.version}) do numbers[#numbers + 1] = number end
        end
        redis.call('HSET', KEYS[1], 'past' .. job.step, cmsgpack.pack(unpack(numbers)))
        openStep(job.step + 1)
    end
end

-- A stage of any step, those of passed steps to be read only; nil when the job has no such step.
local function stageOf(step, kind)
    local known = job.byName[step .. kind]
    if known then return known end
    if step < 0 or (step + 1) * 3 > #job.sizes then return nil end
    local raw = redis.call('HGET', KEYS[1], 'past' .. step)
    local past = raw and {cmsgpack.unpack(raw)}
    local at = kind == 's' and 1 or kind == 'm' and 2 or 3
    local stage = newStage(step, kind, at, past, at * 4 - 3)
    job.byName[stage.name] = stage
    return stage
end

-- '0m12' is map task 12 of step 0.
local function parseTask(name)
    local stage, index = string.match(name, '^(%d+[smr])(%d+)$')
    if not stage then return nil end
    return job.byName[stage] or stageOf(tonumber(string.sub(stage, 1, -2)), string.sub(stage, -1)), tonumber(index)
end

local function saveState()
    local s, m, r = job.stages.s, job.stages.m, job.stages.r
    redis.call('HSET', KEYS[1], 'state', cmsgpack.pack(
        job.step, job.started, job.failed, job.killed, job.lost, job.backup, job.events, s.cursor, s.running, s.done, s.version,
        m.cursor, m.running, m.done, m.version, r.cursor, r.running, r.done, r.version))
end
