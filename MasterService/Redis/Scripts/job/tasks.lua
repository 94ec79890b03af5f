-- uses clock job task worker ledger run settle
-- Tasks of a stage.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  stage ('0m')    ARGV[2]  first index    ARGV[3]  tasks at most
-- Returns  nil when there is no such stage or the job has ended, else {tasks of the stage, dead task packed or nil,
--           then for each task that came into being: index, attempts, failures, deaths, 1 when it has a winner,
--           attempts that run, worker's id, tail, last error or nil}
if not loadJob() or job.ended then return false end
local step, kind = string.match(ARGV[1], '^(%d+)([smr])$')
local stage = step and stageOf(tonumber(step), kind)
if not stage then return false end
local answer = {stage.total, job.dead}

local function workerOf(task)
    if task.token then return workerName(task.worker) end
    if #task.runs == 0 then return false end
    return workerName(findRun(nameOf(stage, task.index) .. '/' .. task.runs[1]).worker)
end

local first = tonumber(ARGV[2])
for index = first, math.min(first + tonumber(ARGV[3]), stage.total) - 1 do
    local task = findTask(stage, index)
    if task then
        local values = {
            index, task.attempts, task.failures, task.deaths, task.token and 1 or 0, #task.runs, workerOf(task), task.tail,
            redis.call('HGET', errorsKey, nameOf(stage, index)),
        }
        for i = 1, 9 do answer[#answer + 1] = values[i] end
    end
end
return answer
