-- uses clock job task worker
-- A slice of the winners of a stage.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  stage ('0m')
-- ARGV[2]  version at which the reading began, or -1 at its begin    ARGV[3]  first bucket    ARGV[4]  buckets at most
-- Returns  nil when there is no such stage, or the job has ended;
--          {-1} when the winners have changed since the reading began;
--          else {version, tasks, winners, then for each winner: index, token, worker's id, tail, rest}
if not loadJob() or job.ended then return false end
local step, kind = string.match(ARGV[1], '^(%d+)([smr])$')
local stage = step and stageOf(tonumber(step), kind)
if not stage then return false end
if ARGV[2] ~= '-1' and tonumber(ARGV[2]) ~= stage.version then return {-1} end

local answer = {stage.version, stage.total, stage.done}
local function add(task)
    local rest = redis.call('HGET', prefix .. 'result', nameOf(stage, task.index))
    for _, value in ipairs({task.index, task.token, workerName(task.worker), task.tail, rest or ''}) do answer[#answer + 1] = value end
end

local first = tonumber(ARGV[3])
local last = math.min(first + tonumber(ARGV[4]), math.ceil(stage.total / bucketSize)) - 1
for bucket = first, last do
    local raw, tasks = redis.call('HGETALL', bucketOf(stage, bucket * bucketSize)), {}
    for i = 1, #raw, 2 do
        local field = tonumber(raw[i])
        if field % 2 == 0 then tasks[#tasks + 1] = readTask(bucket * bucketSize + field / 2, raw[i + 1]) end
    end
    table.sort(tasks, function(left, right) return left.index < right.index end)
    for _, task in ipairs(tasks) do
        if task.token then add(task) end
    end
end
return answer
