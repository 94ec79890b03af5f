-- uses clock job task worker ledger run queue counter durations save win
-- The first completion of a task wins; whoever was given up is stale. The winner gets ok again.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  packed list of counter names, in whose order the counters are packed
-- ARGV[2]  sums of all their counters, packed alike; empty when a sum is not exact
-- ARGV     for each attempt: task, token, tail (size and span), rest (files and boundaries, may be empty), counters
-- Returns  for each attempt: 0 stale, 1 ok, 2 ok and the last task of its stage;
--          or {-1, names…} when the job has its names in another order: nothing was done
local isKnown = loadJob()
local answers, keys = {}, {}
for i = 3, #ARGV, 5 do
    answers[#answers + 1] = 0
    keys[#keys + 1] = ARGV[i] .. '/' .. ARGV[i + 1]
end
if not isKnown or job.ended then return answers end
if not agreeOnNames(cmsgpack.unpack(ARGV[1])) then return {-1, unpack(loadNames())} end

local counted = {}
local isAnyAside = redis.call('EXISTS', prefix .. 'aside') == 1

local function complete(key, taskName, token, result)
    local stage, index = parseTask(taskName)
    if not stage then return 0 end
    local task = findTask(stage, index)
    if task and task.token == token then return 1 end
    local run = findRun(key)
    if not run then
        reject(key)
        return 0
    end
    addDuration(stage, now - run.startedAt)
    if isAnyAside then redis.call('HDEL', prefix .. 'aside', run.worker) end
    win(stage, index, token, run.worker, result)
    counted[#counted + 1] = result.counters
    return isDone(stage) and 2 or 1
end

local function loadAll()
    local indices = {}
    for i = 3, #ARGV, 5 do
        local stage, index = parseTask(ARGV[i])
        if stage then
            indices[stage] = indices[stage] or {}
            table.insert(indices[stage], index)
        end
    end
    for stage, wanted in pairs(indices) do loadTasks(stage, wanted) end
    loadRuns(keys)
end

loadAll()
for i, key in ipairs(keys) do
    local at = i * 5 - 2
    answers[i] = complete(key, ARGV[at], ARGV[at + 1], {tail = ARGV[at + 2], rest = ARGV[at + 3], counters = ARGV[at + 4]})
end
-- All of them won, which is the rule: then the sums spare Redis the adding up.
if #counted == #keys and ARGV[2] ~= '' then counted = {ARGV[2]} end
for _, counters in ipairs(counted) do count(counters, 1) end
saveWins()
save()
return answers
