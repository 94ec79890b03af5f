-- uses clock job task worker ledger run queue counter durations save win settle
-- Ends an attempt as failed; its task waits for a retry, goes on in its twin, or is dead.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  task    ARGV[2]  token    ARGV[3]  u user, w worker, f fetch    ARGV[4]  message
-- ARGV[5]  1 when another attempt cannot do better    ARGV[6]  jitter, 0 to below 1
-- ARGV[7]  packed list of fetch failures: map, token, 1 when corrupt
-- Returns  0 the attempt had been given up, 1 retried, 2 dead
if not loadJob() or job.ended then return 0 end
local run = findRun(ARGV[1] .. '/' .. ARGV[2])
if not run then return 0 end
local kind, message = ARGV[3], ARGV[4]

-- When FetchPolicy holds a map output for lost.
local function isLost(isCorrupt, reports)
    return isCorrupt or reports >= 3 or reports * 2 >= job.stages.r.running
end

local function reasonOf(isCorrupt, reports)
    if isCorrupt then return 'a reduce proved it corrupt' end
    return reports == 1 and '1 reduce could not fetch it' or string.format('%d reduces could not fetch it', reports)
end

local function countFetchReports()
    local fetches = cmsgpack.unpack(ARGV[7])
    for i = 1, #fetches, 3 do
        local map, token, isCorrupt = fetches[i], fetches[i + 1], fetches[i + 2] == 1
        local reporter = parseTask(run.task)
        local stage = stageOf(reporter.step, 'm')
        local task = map >= 0 and findTask(stage, map)
        -- A report on an output that was replaced already says nothing of the new one.
        if task and task.token == token then
            local reports = redis.call('HINCRBY', prefix .. 'reports', nameOf(stage, map) .. '/' .. token, 1)
            if isLost(isCorrupt, reports) then invalidate(stage, map, token, reasonOf(isCorrupt, reports)) end
        end
    end
end

local function countWorkerFailure()
    if kind == 'f' then return end
    local raw = redis.call('HGET', prefix .. 'aside', run.worker)
    local failures, isFault = 0, 0
    if raw then failures, isFault = cmsgpack.unpack(raw) end
    if kind == 'u' then failures = failures + 1 else isFault = 1 end
    redis.call('HSET', prefix .. 'aside', run.worker, cmsgpack.pack(failures, isFault, now))
end

countFetchReports()
local stage, task = removeRun(run, true)
job.failed = job.failed + 1
task.counted = task.counted + 1
if kind == 'u' then task.failures = task.failures + 1 end
countWorkerFailure()
redis.call('HSET', errorsKey, run.task, message)
note(failed, run.task, run.token, run.worker, message)
local answer = settle(stage, task, run, ARGV[5] == '1', now + backoff(task.counted, tonumber(ARGV[6])))
save()
return answer
