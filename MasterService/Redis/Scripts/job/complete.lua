-- uses clock job task worker ledger run queue counter durations save win
-- The first completion of a task wins; whoever was given up is stale. The winner gets ok again.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  packed list of counter names, in whose order the counters are packed
-- ARGV     for each attempt: task, token, tail (size and span), rest (files and boundaries, may be empty), counters
-- Returns  for each attempt: 0 stale, 1 ok, 2 ok and the last task of its stage;
--          or {-1, names…} when the job has its names in another order: nothing was done
local isKnown = loadJob()
local answers, keys = {}, {}
for i = 2, #ARGV, 5 do
    answers[#answers + 1] = 0
    keys[#keys + 1] = ARGV[i] .. '/' .. ARGV[i + 1]
end
if not isKnown or job.ended then return answers end
if not agreeOnNames(cmsgpack.unpack(ARGV[1])) then return {-1, unpack(loadNames())} end

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
    redis.call('HDEL', prefix .. 'aside', run.worker)
    win(stage, index, token, run.worker, result)
    return isDone(stage) and 2 or 1
end

loadRuns(keys)
for i, key in ipairs(keys) do
    local at = i * 5 - 3
    answers[i] = complete(key, ARGV[at], ARGV[at + 1], {tail = ARGV[at + 2], rest = ARGV[at + 3], counters = ARGV[at + 4]})
end
save()
return answers
