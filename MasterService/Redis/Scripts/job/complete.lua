-- uses clock job task worker ledger run queue counter durations save win
-- The first completion of a task wins; whoever was given up is stale, and so is all that comes after a cancel. The winner gets ok
-- again.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  packed list of counter names, in whose order the counters are packed
-- ARGV[2]  sums of all their counters, packed alike; empty when a sum is not exact
-- ARGV[3]  packed list of, for each attempt: task, token, tail (size and span), rest (files and boundaries, may be empty), counters
-- Returns  {0, a text of, for each attempt: 0 stale, 1 ok, 2 ok and the last task of its stage};
--          or {-1, names…} when the job has its names in another order: nothing was done
local isKnown = loadJob()
local given, answers, keys = cmsgpack.unpack(ARGV[3]), {}, {}
for i = 1, #given, 5 do
    answers[#answers + 1] = 0
    keys[#keys + 1] = given[i] .. '/' .. given[i + 1]
end
if not isKnown or job.ended then return {0, table.concat(answers)} end
if not agreeOnNames(ARGV[1]) then return {-1, unpack(loadNames())} end

local stages, indices, tasks, attempts, counted = {}, {}, {}, nil, {}
local isAnyAside = redis.call('EXISTS', prefix .. 'aside') == 1

-- Reads what is named, as it is packed, a bucket of tasks in one command. A task that is named twice is looked up in its turn,
-- by when it may have been won.
local function readAll()
    local fields, places, times = {}, {}, {}
    for i = 1, #keys do
        local name = given[i * 5 - 4]
        local stage, index = parseTask(name)
        stages[i], indices[i], times[name] = stage, index, (times[name] or 0) + 1
        if stage and index < stage.total then
            local bucket = bucketOf(stage, index)
            if not fields[bucket] then fields[bucket], places[bucket] = {}, {} end
            local at = #places[bucket] + 1
            fields[bucket][at], places[bucket][at] = fieldOf(index), i
        end
    end
    for bucket, wanted in pairs(fields) do
        local packed = redis.call('HMGET', bucket, unpack(wanted))
        for at, i in ipairs(places[bucket]) do tasks[i] = times[given[i * 5 - 4]] == 1 and packed[at] end
    end
    attempts = redis.call('HMGET', runKey, unpack(keys))
end

local function countRun(stage, worker, startedAt)
    addDuration(stage, now - startedAt)
    if isAnyAside then redis.call('HDEL', prefix .. 'aside', worker) end
end

-- The rule: this attempt is the only one of its task that runs. The task is packed again as it was read, without the table that
-- stands for a task elsewhere: that costs more than all commands of this script.
local function winAlone(i, stage, index, name, token, tail, rest, counters)
    if not tasks[i] or not attempts[i] then return false end
    local tries, failures, deaths, blamed, failedOn, running = cmsgpack.unpack(tasks[i])
    if running ~= token then return false end
    local worker, _, _, startedAt = cmsgpack.unpack(attempts[i])
    countRun(stage, worker, startedAt)
    stage.running = stage.running - 1
    endRun(keys[i], false)
    writeTask(stage, index, cmsgpack.pack(tries, failures, deaths, blamed, failedOn, '', token, worker, tail), counters)
    book(stage, index, name, token, worker, rest)
    return true
end

local function complete(i, name, token, tail, rest, counters)
    local stage, index = stages[i], indices[i]
    if not stage then return 0 end
    if job.cancelled or not winAlone(i, stage, index, name, token, tail, rest, counters) then
        local task = findTask(stage, index)
        if task and task.token == token then return 1 end
        local run = not job.cancelled and findRun(keys[i])
        if not run then
            reject(keys[i])
            return 0
        end
        countRun(stage, run.worker, run.startedAt)
        win(stage, index, name, token, run.worker, tail, rest, counters)
    end
    counted[#counted + 1] = counters
    return isDone(stage) and 2 or 1
end

readAll()
for i = 1, #keys do answers[i] = complete(i, unpack(given, i * 5 - 4, i * 5)) end
-- All of them won, which is the rule: then the sums spare Redis the adding up.
if #counted == #keys and ARGV[2] ~= '' then counted = {ARGV[2]} end
for _, counters in ipairs(counted) do count(counters, 1) end
saveWins()
save()
return {0, table.concat(answers)}
